package com.example.nets;

import java.io.IOException;

/** Asks a network for weights that are not there. */
public final class Example {

  private Example() {}

  /** Prints where the network is. */
  public static void main(String[] args) {
    try {
      Speck.loadResource("speck.safetensors");
    } catch (IOException e) {
      System.out.println(Speck.class.getModule() + ": " + e.getMessage());
    }
  }
}
