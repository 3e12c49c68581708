package com.example;

import java.io.IOException;

public final class Example {

  private Example() {}

  public static void main(String[] args) throws IOException {
    float[] logits =
        Speck.loadResource("Speck.safetensors").newSession().run(new float[8 * 8 * 3]);
    System.out.println(logits.length);
  }
}
