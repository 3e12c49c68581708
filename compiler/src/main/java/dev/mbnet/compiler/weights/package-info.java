/** Weights of other formats, matched to a network's layers. */
package dev.mbnet.compiler.weights;
