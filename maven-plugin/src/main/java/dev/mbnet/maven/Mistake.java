package dev.mbnet.maven;

/** A user's mistake that ends a goal; the message is all that is shown. */
final class Mistake extends Exception {
  private static final long serialVersionUID = 1;

  Mistake(String message) {
    super(message, null, false, false);
  }
}
