package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;

/** What of a tensor's shape is a guess, made after a mistake to go on. */
record Doubt(boolean size, boolean channels) {
  static final Doubt NONE = new Doubt(false, false);

  Doubt and(Doubt other) {
    return new Doubt(size || other.size, channels || other.channels);
  }

  /** What is left of it in the output of an operator. */
  Doubt after(String operator) {
    return switch (operator) {
      case "conv", "deconv" -> new Doubt(size, false);
      case "gap" -> new Doubt(false, channels);
      case "dense" -> NONE;
      case "flatten" -> new Doubt(false, size || channels);
      default -> this;
    };
  }

  /** Whether a mistake may only follow from the guess. */
  boolean silence(Code code) {
    return switch (code) {
      case MISFIT_SHAPES, IMPOSSIBLE_SKIP -> size || channels;
      case MISFIT_CHANNELS, NOT_WHOLE, NO_CHANNELS -> channels;
      case WINDOW_TOO_LARGE, NOT_A_VECTOR -> size;
      case TOO_LARGE -> size || channels;
      default -> false;
    };
  }
}
