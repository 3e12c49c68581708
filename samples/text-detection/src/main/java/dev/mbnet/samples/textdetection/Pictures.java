package dev.mbnet.samples.textdetection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.List;

/** Cuts lines out of pictures and draws boxes into them. */
final class Pictures {

  private Pictures() {}

  /** A copy in RGB. Grays stay as they are stored: Java's own conversion brightens them. */
  static BufferedImage rgb(BufferedImage picture) {
    int height = picture.getHeight();
    int width = picture.getWidth();
    BufferedImage rgb = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    if (picture.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      Graphics2D graphics = rgb.createGraphics();
      graphics.drawImage(picture, 0, 0, Color.WHITE, null);
      graphics.dispose();
      return rgb;
    }
    Raster grays = picture.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb.setRGB(x, y, grays.getSample(x, y, 0) * 0x010101);
      }
    }
    return rgb;
  }

  /** The line by itself, level; beyond the picture its edge goes on. */
  static BufferedImage cut(BufferedImage rgb, Box line) {
    int height = Math.max(1, (int) Math.round(line.down().length()));
    int width = Math.max(1, (int) Math.round(line.across().length()));
    BufferedImage cut = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      Vec row = line.corner().plus(line.down().times((y + 0.5) / height));
      for (int x = 0; x < width; x++) {
        cut.setRGB(x, y, mixed(rgb, row.plus(line.across().times((x + 0.5) / width))));
      }
    }
    return cut;
  }

  /** The colour at a place, from the four pixels around it. */
  private static int mixed(BufferedImage rgb, Vec place) {
    double x = Math.max(0, Math.min(rgb.getWidth() - 1, place.x() - 0.5));
    double y = Math.max(0, Math.min(rgb.getHeight() - 1, place.y() - 0.5));
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, rgb.getWidth() - 1);
    int bottom = Math.min(top + 1, rgb.getHeight() - 1);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double above = mix(rgb.getRGB(left, top), rgb.getRGB(right, top), shift, x - left);
      double below = mix(rgb.getRGB(left, bottom), rgb.getRGB(right, bottom), shift, x - left);
      mixed |= (int) Math.round(above + (below - above) * (y - top)) << shift;
    }
    return mixed;
  }

  private static double mix(int from, int to, int shift, double part) {
    int start = from >> shift & 0xff;
    return start + ((to >> shift & 0xff) - start) * part;
  }

  /** Draws a box around each line. */
  static void draw(BufferedImage rgb, List<Box> lines, Color color) {
    Graphics2D graphics = rgb.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1.5f));
    for (Box line : lines) {
      Path2D outline = new Path2D.Double();
      outline.moveTo(line.corner().x(), line.corner().y());
      for (Vec corner : line.corners().subList(1, 4)) {
        outline.lineTo(corner.x(), corner.y());
      }
      outline.closePath();
      graphics.draw(outline);
    }
    graphics.dispose();
  }
}
