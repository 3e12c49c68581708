/** The compiler: texts in, Java sources and diagnostics out, no IO of its own. */
package dev.mbnet.compiler;
