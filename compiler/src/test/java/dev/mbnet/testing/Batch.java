package dev.mbnet.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Many small stacks in one network, each with an output of its own, so that one run of the Java
 * compiler serves them all.
 */
public final class Batch {
  private final String name;
  private final String head;
  private final String source;
  private final float scale;
  private final List<String> cases = new ArrayList<>();

  private Batch(String name, String head, String source, float scale) {
    this.name = name;
    this.head = head;
    this.source = source;
    this.scale = scale;
  }

  /** The stacks read the network's input, {@code [height, width, channels]}, themselves. */
  public static Batch onInput(String name, int height, int width, int channels) {
    return new Batch(name, input(height, width, channels), "image", 1);
  }

  /** The stacks read a convolution of {@code channels} outputs. */
  public static Batch onLayer(String name, int height, int width, int channels) {
    String head = input(height, width, 3) + "  source: conv(k=1, c=" + channels + ")\n";
    return new Batch(name, head, "source", 1);
  }

  /** Tests of the same stacks on a layer and on the network's input, of different shapes. */
  public static Stream<DynamicContainer> onBoth(List<String> stacks) {
    return Stream.of(
        onLayer("on a layer of 7x6x8", 7, 6, 8).addAll(stacks).tests(),
        onInput("on the input of 6x7x8", 6, 7, 8).addAll(stacks).tests());
  }

  private static String input(int height, int width, int channels) {
    return "  input image: [" + height + ", " + width + ", " + channels + "]\n";
  }

  /** The same, with inputs so many times as large. */
  public Batch scaled(float scale) {
    Batch scaled = new Batch(name, head, source, scale);
    scaled.cases.addAll(cases);
    return scaled;
  }

  /** Adds a stack; {@code $} begins names that are its own. */
  public Batch add(String statements) {
    cases.add(statements);
    return this;
  }

  public Batch addAll(List<String> stacks) {
    cases.addAll(stacks);
    return this;
  }

  /** A test for each stack. */
  public DynamicContainer tests() {
    // Networks are compiled when their turn comes, and what goes wrong belongs to their container.
    return DynamicContainer.dynamicContainer(name, Stream.of(this).flatMap(Batch::compare));
  }

  private Stream<DynamicTest> compare() {
    Compiled compiled = Compiled.of(text());
    float[] input = RandomWeights.input(compiled.network().input().length(), cases.size());
    for (int i = 0; i < input.length; i++) {
      input[i] *= scale;
    }
    Answers answers = Answers.to(compiled, input);
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(i -> DynamicTest.dynamicTest(cases.get(i), () -> check(i, answers)));
  }

  private void check(int i, Answers answers) {
    answers.assertAgree(label(i), "`" + cases.get(i) + "` on `" + name + "`");
  }

  private String text() {
    StringBuilder text = new StringBuilder("network Batch {\n").append(head);
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      String stack = cases.get(i).replace("$", label(i));
      text.append("  from ").append(source).append('\n');
      text.append("  ").append(label(i)).append(": residual(skip=off) { ");
      text.append(stack).append(" }\n");
      outputs.add(label(i));
    }
    return text.append("  output ").append(String.join(", ", outputs)).append("\n}\n").toString();
  }

  private static String label(int i) {
    return "case" + i;
  }
}
