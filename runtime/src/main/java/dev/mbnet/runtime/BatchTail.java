package dev.mbnet.runtime;

/**
 * The last steps of generated vector code, which compute with single pixels: each weight serves one
 * product. Several images of a batch take such a step together, panel by panel, so that weights
 * come from main memory once for all of them.
 *
 * @param step the first of the steps
 * @param at where the tensor begins that the steps before leave to them, in floats
 * @param count its floats
 * @param apart floats from one image's tensors to the next one's, which may lie before them
 * @param images how many there is room for, at most
 */
public record BatchTail(int step, int at, int count, int apart, int images) {}
