package dev.mbnet.compiler.plan;

/**
 * The sums that a matrix product holds in registers at once.
 *
 * @param pixels side by side
 * @param vectors of output channels
 * @param rest pixels of the narrower tiles that end a row; 0 where all tiles are alike
 * @param last vectors of the last panel where channels leave fewer for it; 0 where it has as many
 *     as the others, and lies over the one before it
 * @param across whether pixels go on at the next row's beginning where a row ends
 */
public record RegisterTile(int pixels, int vectors, int rest, int last, boolean across) {

  /** One without narrower tiles. */
  static RegisterTile of(int pixels, int vectors) {
    return new RegisterTile(pixels, vectors, 0, 0, false);
  }

  /** The same across the ends of rows. */
  RegisterTile acrossRows() {
    return new RegisterTile(pixels, vectors, rest, last, true);
  }

  /** The same for all channels but the last panel's. */
  public RegisterTile ofFullPanels() {
    return new RegisterTile(pixels, vectors, rest, 0, across);
  }

  /** The same for the last panel's channels. */
  public RegisterTile ofLastPanel() {
    return new RegisterTile(pixels, last, rest, 0, across);
  }

  /** The same with a last panel of so many vectors. */
  RegisterTile withLast(int vectors) {
    return new RegisterTile(pixels, this.vectors, rest, vectors, across);
  }

  /** So many channels and those that fill up their panels, at the widest vectors. */
  public int padded(int channels) {
    int panel = (last > 0 ? last : vectors) * Place.LANES;
    return (channels + panel - 1) / panel * panel;
  }

  /** How many panels cover so many channels. */
  int panels(int channels, int lanes) {
    int panel = vectors * lanes;
    return (channels + panel - 1) / panel;
  }

  /** Whether there are more panels of so many channels than tiles of so many pixels in a row. */
  public boolean sharesPanels(int pixels, int channels, int lanes) {
    return panels(channels, lanes) > (pixels + this.pixels - 1) / this.pixels;
  }

  /** How many sums there are, each a vector. */
  public int sums() {
    return pixels * vectors;
  }

  /** The tiles that end a row. */
  public RegisterTile narrow() {
    return new RegisterTile(rest, vectors, 0, 0, across);
  }

  /**
   * Of a row's pixels those that tiles of {@code pixels} compute: all, or as many as leave none but
   * whole narrower tiles; 0 where that cannot be.
   */
  public int wide(int row) {
    if (rest == 0) {
      return row;
    }
    int wide = row / pixels * pixels;
    while (wide > 0 && (row - wide) % rest != 0) {
      wide -= pixels;
    }
    return wide;
  }

  /** Whether no tile over rows of {@code width} meets the ends of two. */
  boolean meetsOneEnd(int width, int height) {
    int all = width * height;
    int wide = wide(all);
    int narrow = wide < all ? rest : pixels;
    for (int at = 0; at + pixels <= wide; at += pixels) {
      if (at % width + pixels > 2 * width) {
        return false;
      }
    }
    for (int at = wide; at + narrow <= all; at += narrow) {
      if (at % width + narrow > 2 * width) {
        return false;
      }
    }
    return (all - narrow) % width + narrow <= 2 * width;
  }
}
