/** The graph of operations with full shapes. */
package dev.mbnet.compiler.ir;
