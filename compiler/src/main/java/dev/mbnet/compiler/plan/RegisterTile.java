package dev.mbnet.compiler.plan;

/**
 * The sums that a matrix product holds in registers at once.
 *
 * @param pixels side by side
 * @param vectors of output channels
 */
public record RegisterTile(int pixels, int vectors) {}
