package dev.mbnet.samples.textdetection;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
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

  /** Draws a box around a line; the side on which its letters stand is thick. */
  static void draw(BufferedImage rgb, Box line, boolean upsideDown, Color color) {
    Graphics2D graphics = rgb.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1));
    List<Vec> corners = line.corners();
    for (int i = 0; i < corners.size(); i++) {
      side(graphics, corners, i);
    }
    graphics.setStroke(new BasicStroke(3));
    side(graphics, corners, upsideDown ? 0 : 2);
    graphics.dispose();
  }

  private static void side(Graphics2D graphics, List<Vec> corners, int from) {
    Vec start = corners.get(from);
    Vec end = corners.get((from + 1) % corners.size());
    graphics.draw(new Line2D.Double(start.x(), start.y(), end.x(), end.y()));
  }
}
