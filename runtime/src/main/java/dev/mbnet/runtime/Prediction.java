package dev.mbnet.runtime;

/**
 * A class and how probable it is.
 *
 * @param label the class's label, or its index in digits where the network declares no labels
 * @param index of the output's channel, from 0
 * @param probability from 0 to 1
 */
public record Prediction(String label, int index, float probability) {}
