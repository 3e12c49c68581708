package dev.mbnet.compiler.resolve;

import java.util.List;

/**
 * How a picture becomes the input tensor, in the words of the language.
 *
 * @param color {@code rgb}, {@code bgr} or {@code gray}
 * @param resize {@code nearest}, {@code bilinear} or {@code bicubic}
 * @param antialias whether the kernel widens when a picture shrinks
 * @param fit {@code stretch}, {@code crop}, {@code pad} or {@code height}
 * @param fraction of {@code crop}, else 1
 * @param mean subtracted from pixels / 255, by channel
 * @param std divided by, by channel
 */
public record Preprocessing(
    String color,
    String resize,
    boolean antialias,
    String fit,
    double fraction,
    List<Double> mean,
    List<Double> std) {}
