package dev.mbnet.compiler.plan;

/** Memory that tensors take in turns: {@code pixels} arrays of {@code length} floats. */
public record Buffer(int id, int pixels, int length) {

  public long bytes() {
    return 4L * pixels * length;
  }
}
