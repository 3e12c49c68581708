/** The one layout of {@code .mbnet} files: text in, the same words and comments laid out, out. */
package dev.mbnet.compiler.format;
