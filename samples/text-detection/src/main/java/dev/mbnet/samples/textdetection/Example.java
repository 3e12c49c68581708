package dev.mbnet.samples.textdetection;

import dev.mbnet.runtime.Prediction;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import dev.mbnet.samples.textdirection.TextDirection;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Finds the lines of text on a picture, asks of each which way up it is, and draws them. */
public final class Example {
  private final Session detection;
  private final TextDirection directions;
  private final Session direction;
  private final TensorInfo map;

  /** Loads both networks. */
  Example() throws IOException {
    TextDetection network = TextDetection.loadResource("text_detection.safetensors");
    map = network.outputs().get(0);
    detection = network.newSession();
    directions = TextDirection.loadResource("text_direction.safetensors");
    direction = directions.newSession();
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

  /**
   * Whether a line is upright or upside down. The network knows lines that are up to four times as
   * long as high; longer ones are asked for in pieces, whose probabilities are averaged.
   */
  Prediction direction(BufferedImage rgb, Box line) {
    double aspect = (double) directions.input().width() / directions.input().height();
    double length = line.across().length() / line.down().length();
    int pieces = Math.max(1, (int) Math.round(length / aspect));
    float[] probabilities = new float[directions.labels().size()];
    for (int i = 0; i < pieces; i++) {
      direction.run(Pictures.cut(rgb, line.piece(i, pieces)));
      for (Prediction of : direction.top(probabilities.length)) {
        probabilities[of.index()] += of.probability() / pieces;
      }
    }
    int best = probabilities[0] >= probabilities[1] ? 0 : 1;
    return new Prediction(directions.labels().get(best), best, probabilities[best]);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: Example PICTURE RESULT.png");
      System.exit(2);
    }
    BufferedImage picture = read(args[0]);
    if (picture == null) {
      System.err.println(args[0] + " is no picture that Java reads, such as a PNG or JPEG file");
      System.exit(1);
    }
    Example example = new Example();
    long start = System.nanoTime();
    List<Box> lines = example.lines(picture);
    print("%d lines in %.0f ms, at first", lines.size(), millis(start));

    BufferedImage rgb = Pictures.rgb(picture);
    BufferedImage drawn = Pictures.rgb(picture);
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
      Pictures.draw(drawn, line, best.label().equals("upside down"), Color.RED);
    }
    try (OutputStream file = Files.newOutputStream(Path.of(args[1]))) {
      ImageIO.write(drawn, "png", file);
    } catch (IOException e) {
      System.err.println(args[1] + " cannot be written; is its folder there? " + e);
      System.exit(1);
    }
    print("drawn in %s", args[1]);

    example.detection.warmUp();
    start = System.nanoTime();
    example.lines(picture);
    print("once warm, the lines take %.0f ms", millis(start));
  }

  /** The picture, or null where there is none. */
  private static BufferedImage read(String file) {
    try (InputStream bytes = Files.newInputStream(Path.of(file))) {
      return ImageIO.read(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
