/** Weights from other formats, matched to a network. */
package dev.mbnet.compiler.weights;
