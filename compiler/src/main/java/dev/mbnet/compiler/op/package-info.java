/** Operators: signature, argument types, shape rule, weights and cost, one file each. */
package dev.mbnet.compiler.op;
