package com.example;

import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;

/** Asks a network with vectors for its best class. */
public final class Example {

  private Example() {}

  /**
   * Prints the best class.
   *
   * @throws IOException if the weights, the first argument, cannot be read
   */
  public static void main(String[] args) throws IOException {
    SessionOptions options = SessionOptions.defaults().backend(Backend.VECTOR);
    Session session = Speck.load(Path.of(args[0])).newSession(options);
    session.run(new float[8 * 8 * 3]);
    System.out.println(session.top(1).get(0).label());
  }
}
