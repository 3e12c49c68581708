package dev.mbnet.compiler.plan;

/**
 * The work of one call of a tile method.
 *
 * @param rows of output side by side: pixels, or channels where {@link Step#planes()} has them
 * @param taps inputs whose products are added in one pass over the rows
 */
public record Tile(int rows, int taps) {}
