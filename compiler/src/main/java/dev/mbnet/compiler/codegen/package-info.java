/** Loop nests to Java source; JavaPoet's types do not leave it. */
package dev.mbnet.compiler.codegen;
