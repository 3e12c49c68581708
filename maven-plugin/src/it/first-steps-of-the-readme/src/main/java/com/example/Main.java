package com.example;

import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

class Main {
  public static void main(String[] args) throws IOException {
    var session = Speck.loadResource("Speck.safetensors").newSession();
    session.run(ImageIO.read(new File(args[0])));
    System.out.println(session.top(3));
  }
}
