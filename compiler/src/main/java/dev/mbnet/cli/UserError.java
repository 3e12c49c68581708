package dev.mbnet.cli;

/** A user's mistake that ends a command with exit code 1; the message is all that is shown. */
final class UserError extends RuntimeException {

  UserError(String message) {
    super(message, null, false, false);
  }
}
