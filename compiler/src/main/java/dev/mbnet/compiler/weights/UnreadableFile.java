package dev.mbnet.compiler.weights;

/** Thrown where nothing more can be made of a file; the message says why. Never leaves here. */
final class UnreadableFile extends Exception {
  UnreadableFile(String message) {
    super(message, null, false, false);
  }
}
