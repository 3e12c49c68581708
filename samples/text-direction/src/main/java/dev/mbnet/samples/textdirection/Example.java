package dev.mbnet.samples.textdirection;

import dev.mbnet.runtime.Prediction;
import dev.mbnet.runtime.Session;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Says of pictures of a line of text whether it is upright or upside down. */
public final class Example {

  private Example() {}

  public static void main(String[] pictures) throws IOException {
    // One network for all threads, a session for each.
    TextDirection network = TextDirection.loadResource("text_direction.safetensors");
    Session session = network.newSession();
    for (String picture : pictures) {
      session.run(ImageIO.read(new File(picture)));
      Prediction best = session.top(1).get(0);
      System.out.println(picture + " is " + best.label() + ", P = " + best.probability());
    }
  }
}
