/** Each step as loop nests, in no particular language. */
package dev.mbnet.compiler.kernel;
