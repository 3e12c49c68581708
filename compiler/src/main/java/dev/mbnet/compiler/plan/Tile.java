package dev.mbnet.compiler.plan;

/**
 * The work of one call of a tile method.
 *
 * @param pixels output pixels side by side
 * @param taps inputs whose products are added in one pass over the output channels
 */
public record Tile(int pixels, int taps) {}
