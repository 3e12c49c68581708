package dev.mbnet.compiler.plan;

/**
 * The sums that a matrix product holds in registers at once.
 *
 * @param pixels side by side
 * @param vectors of output channels
 * @param rest pixels of the narrower tiles that end a row; 0 where all tiles are alike
 */
public record RegisterTile(int pixels, int vectors, int rest) {

  /** One without narrower tiles. */
  static RegisterTile of(int pixels, int vectors) {
    return new RegisterTile(pixels, vectors, 0);
  }

  /** The tiles that end a row. */
  public RegisterTile narrow() {
    return of(rest, vectors);
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
}
