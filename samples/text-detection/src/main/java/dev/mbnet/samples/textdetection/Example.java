package dev.mbnet.samples.textdetection;

import dev.mbnet.runtime.Prediction;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import dev.mbnet.samples.textdirection.TextDirection;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Finds the lines of text on a picture, asks of each which way up it is, and draws them. */
public final class Example {
  private final Session detection;
  private final Session direction;
  private final TensorInfo map;

  /** Loads both networks. */
  Example() throws IOException {
    TextDetection network = TextDetection.loadResource("text_detection.safetensors");
    map = network.outputs().get(0);
    detection = network.newSession();
    direction = TextDirection.loadResource("text_direction.safetensors").newSession();
  }

  /** Boxes in the picture's pixels, from top to bottom. */
  List<Box> lines(BufferedImage picture) {
    float[] text = detection.run(picture);
    double byX = (double) picture.getWidth() / map.width();
    double byY = (double) picture.getHeight() / map.height();
    return TextLines.find(text, map.height(), map.width()).stream()
        .map(line -> line.scaled(byX, byY))
        .toList();
  }

  /** Whether a line is upright or upside down. */
  Prediction direction(BufferedImage rgb, Box line) {
    direction.run(Pictures.cut(rgb, line));
    return direction.top(1).get(0);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: Example PICTURE RESULT.png");
      System.exit(2);
    }
    BufferedImage picture = new File(args[0]).isFile() ? ImageIO.read(new File(args[0])) : null;
    if (picture == null) {
      System.err.println(args[0] + " is no picture that Java reads, such as a PNG or JPEG file");
      System.exit(1);
    }
    Example example = new Example();
    long start = System.nanoTime();
    List<Box> lines = example.lines(picture);
    print("%d lines in %.0f ms, at first", lines.size(), millis(start));

    BufferedImage rgb = Pictures.rgb(picture);
    for (Box line : lines) {
      start = System.nanoTime();
      Prediction best = example.direction(rgb, line);
      double millis = millis(start);
      Vec centre = line.centre();
      print(
          "%4.0f, %-4.0f %4.0f x %-3.0f text %.2f, %s %.2f in %.1f ms",
          centre.x(),
          centre.y(),
          line.across().length(),
          line.down().length(),
          line.score(),
          best.label(),
          best.probability(),
          millis);
    }
    Pictures.draw(rgb, lines, Color.RED);
    ImageIO.write(rgb, "png", new File(args[1]));
    print("drawn in %s", args[1]);

    example.detection.warmUp();
    start = System.nanoTime();
    example.lines(picture);
    print("once warm, the lines take %.0f ms", millis(start));
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
