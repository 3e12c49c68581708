package dev.mbnet.cli;

import dev.mbnet.files.InputFile;
import dev.mbnet.files.UnusableFile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pictures from files. */
final class Picture {
  /** By how many degrees a picture can be turned. */
  static final Set<Integer> TURNS = Set.of(0, 90, 180, 270);

  private static final long MOST_PIXELS = 1L << 28;

  private Picture() {}

  /** Reads whatever the JDK can; only the first picture of a file with several. */
  static BufferedImage read(Path file) throws IOException {
    InputFile.of(file, "a picture");
    if (Files.isRegularFile(file) && Files.size(file) == 0) {
      throw new UserError("mbnet: " + file + " is empty; name a picture");
    }
    ImageIO.setUseCache(false);
    try (InputStream bytes = Files.newInputStream(file);
        ImageInputStream in = ImageIO.createImageInputStream(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UserError(
            "mbnet: " + file + " is no picture that Java reads; convert it to PNG or JPEG");
      }
      ImageReader reader = readers.next();
      reader.setInput(in, true, true);
      try {
        return decode(reader, file);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(ImageReader reader, Path file) throws UnusableFile {
    String reason;
    try {
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels <= MOST_PIXELS) {
        return reader.read(0);
      }
      reason = pixels + " pixels are more than " + MOST_PIXELS;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The JDK's readers throw all sorts of things at damaged files, and wrap even errors.
      if (e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError) {
        throw UnusableFile.outOfMemory(file);
      }
      reason = reason(e);
    }
    throw new UserError("mbnet: the picture " + file + " cannot be read: " + reason);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.endsWith(": ") && e.getCause() != null
        ? message + reason(e.getCause())
        : message;
  }

  /** Turns a picture clockwise; its colours stay as they are stored. */
  static BufferedImage turn(BufferedImage picture, int degrees) {
    if (degrees == 0) {
      return picture;
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean upright = degrees == 180;
    ColorModel colors = picture.getColorModel();
    Raster from = picture.getRaster();
    WritableRaster to =
        from.createCompatibleWritableRaster(upright ? width : height, upright ? height : width);
    Object pixel = null;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixel = from.getDataElements(x, y, pixel);
        switch (degrees) {
          case 90 -> to.setDataElements(height - 1 - y, x, pixel);
          case 180 -> to.setDataElements(width - 1 - x, height - 1 - y, pixel);
          case 270 -> to.setDataElements(y, width - 1 - x, pixel);
          default -> throw new IllegalArgumentException(degrees + " degrees");
        }
      }
    }
    return new BufferedImage(colors, to, colors.isAlphaPremultiplied(), null);
  }
}
