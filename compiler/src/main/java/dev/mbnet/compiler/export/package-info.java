/** Networks with their weights in the formats of other engines. */
package dev.mbnet.compiler.export;
