package com.example;

import dev.mbnet.runtime.Session;
import java.io.IOException;
import java.nio.file.Path;

public final class Example {

  private Example() {}

  public static void main(String[] args) throws IOException {
    Session session = Speck.load(Path.of(args[0])).newSession();
    session.run(new float[8 * 8 * 3]);
    System.out.println(session.top(1).get(0).label());
  }
}
