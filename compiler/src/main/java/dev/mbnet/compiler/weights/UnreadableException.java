package dev.mbnet.compiler.weights;

/** A file that is not what it should be; never leaves the package. */
final class UnreadableException extends Exception {

  UnreadableException(String fact) {
    super(fact, null, false, false);
  }
}
