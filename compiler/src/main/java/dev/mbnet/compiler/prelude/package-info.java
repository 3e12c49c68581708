/** The blocks of published families, written in the language itself. */
package dev.mbnet.compiler.prelude;
