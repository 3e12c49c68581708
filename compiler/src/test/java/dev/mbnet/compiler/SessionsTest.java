package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.SafetensorsWriter;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.runtime.WeightsException;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.Jvm;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.RandomWeights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of a generated class may rely on. */
class SessionsTest {
  private static final String TEXT =
      """
      network Small {
        input image: [17, 14, 3]
        default norm = bn(eps = 1e-3), act = hswish, pad = same
        conv(k=3, c=8, s=2)
        features: mbconv(t=3, c=8, n=2, se)
        maxpool(k=3, s=2, pad=symmetric)
        gap
        logits: dense(5)
        output logits, features
      }
      """;

  private static final Compiled SMALL = Compiled.of(TEXT);
  private static final int LENGTH = 17 * 14 * 3;

  @Test
  void threadsWithSessionsOfTheirOwnGetTheSameResults() throws Exception {
    float[] expected = session(Backend.PLAIN).run(input(0)).clone();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (Callable<float[]> task : List.of(thread(1), thread(2))) {
        results.add(threads.submit(task));
      }
      for (Future<float[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Mixes inputs of its own in between; the last is the common one. */
  private static Callable<float[]> thread(int own) {
    return () -> {
      Session session = session(Backend.PLAIN);
      for (int i = 0; i < 200; i++) {
        session.run(input(own));
        session.run(input(0));
      }
      return session.output("logits");
    };
  }

  @Test
  void runsOfTheSameInputAreEqualToTheBit() {
    Session session = session(Backend.PLAIN);
    float[] logits = session.run(input(0)).clone();
    float[] features = session.output("features").clone();
    session.run(input(1));
    assertArrayEquals(logits, session.run(input(0)));
    assertArrayEquals(features, session.output("features"));
  }

  @Test
  void runsLeaveTheInputAlone() {
    float[] input = input(0);
    session(Backend.PLAIN).run(input);
    assertArrayEquals(input(0), input);
  }

  @Test
  void runsAllocateNothing() {
    assertEquals(0, allocated(session(Backend.PLAIN), input(0)));
  }

  /** The least bytes that a round of runs has allocated. */
  private static long allocated(Session session, float[] input) {
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    beans.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 20; i++) {
      session.run(input);
    }
    // The virtual machine may charge a thread for a chore of its own now and then, not every round.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = beans.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 50; i++) {
        session.run(input);
      }
      least = Math.min(least, beans.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  @Test
  void outputsHaveNames() {
    Session session = session(Backend.PLAIN);
    float[] first = session.run(input(0));
    assertSame(first, session.output("logits"));
    assertSame(first, session.output(0));
    assertSame(session.output(1), session.output("features"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> session.output("logit"));
    assertEquals(
        "no output is named logit; there are [logits 1x1x5, features 9x7x8]", e.getMessage());
  }

  @Test
  void inputsHaveALength() {
    Session session = session(Backend.PLAIN);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> session.run(new float[LENGTH + 1]));
    assertEquals("the input image 17x14x3 takes 714 floats, not 715", e.getMessage());
  }

  @Test
  void weightsThatDoNotFitAreAllNamed() throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Node node : SMALL.graph().nodes()) {
      for (Weight weight : node.weights()) {
        boolean bias = weight.name().equals("logits.bias");
        String name = bias ? "logits.offset" : weight.name();
        List<Integer> dims = name.equals("logits.weight") ? List.of(8, 5) : weight.dims();
        int[] shape = dims.stream().mapToInt(Integer::intValue).toArray();
        writer.add(name, shape, SMALL.weights().get(weight.name()));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    Safetensors file = Safetensors.read(new ByteArrayInputStream(out.toByteArray()), "bad");
    WeightsException e = assertThrows(WeightsException.class, () -> SMALL.code().load(file));
    assertEquals(WeightsException.Problem.MISMATCH, e.problem());
    assertEquals(
        """
        bad: does not fit the network `Small`: 1 missing, 1 surplus, 1 misshapen
          missing   `logits.bias` [5]
          surplus   `logits.offset` [5]
          misshapen `logits.weight`: the file has [8, 5], the network [5, 8]""",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hswish", "prelu"})
  void vectorsOfAnyNumberOfThreadsGiveTheSameBits(String act) {
    Network network = Compiled.of(TEXT.replace("hswish", act)).network();
    SessionOptions vectors = SessionOptions.defaults().backend(Backend.VECTOR);
    float[] expected = network.newSession(vectors).run(input(0)).clone();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      for (int threads = 2; threads <= 5; threads++) {
        Session session = network.newSession(vectors.threads(threads, executor));
        for (int i = 0; i < 50; i++) {
          session.run(input(i + 1));
          assertArrayEquals(expected, session.run(input(0)), threads + " threads");
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void anExecutorWithoutThreadsOnlySlowsARun() {
    float[] expected = session(Backend.VECTOR).run(input(0)).clone();
    SessionOptions options =
        SessionOptions.defaults().backend(Backend.VECTOR).threads(2, never -> {});
    assertArrayEquals(expected, SMALL.network().newSession(options).run(input(0)));
  }

  /**
   * In a virtual machine of its own, as in an application: thousands of other networks before it
   * keep the compiler busy, and their profiles with it. What it has seen of one network must not
   * make it worse at the next.
   *
   * <p>Before JDK 25 a process may fail to. The tile of a depthwise convolution is somewhat longer
   * than what HotSpot inlines at once. The rest it puts off; when the compiler is busy, that may
   * happen within the conversion of a sum, whose vectors then are objects for as long as the
   * process lives. So one process of two has to do; code that always makes objects fails in both.
   */
  @Test
  void warmVectorsAllocateNothing() throws Exception {
    List<String> options = List.of("--add-modules", "jdk.incubator.vector");
    String nothing = "[0, 0, 0, 0, 0] bytes";
    int processes = Runtime.version().feature() < 25 ? 2 : 1;
    Jvm ended;
    do {
      ended = Jvm.run(options, WarmRuns.class, List.of());
    } while (--processes > 0 && !nothing.equals(ended.out().strip()));
    assertEquals(nothing, ended.out().strip(), ended.err());
  }

  /** Prints what runs of warm sessions allocate; a busy machine compiles later than it warms up. */
  static final class WarmRuns {
    public static void main(String[] args) {
      Stream<Network> large =
          Stream.of("mobilenet_v2", "mobilenet_v3", "efficientnet", "resnet")
              .map(file -> Networks.ofSample(file + ".mbnet"))
              .map(network -> Compiled.of(network).network());
      System.out.println(
          Stream.concat(Stream.of(SMALL.network()), large).map(WarmRuns::bytes).toList()
              + " bytes");
    }

    private static long bytes(Network network) {
      SessionOptions options = SessionOptions.defaults().backend(Backend.VECTOR);
      Session session = network.newSession(options);
      float[] input = RandomWeights.input(network.input().length(), 0);
      long bytes = -1;
      for (int attempt = 0; attempt < 20 && bytes != 0; attempt++) {
        session.warmUp();
        bytes = allocated(session, input);
      }
      return bytes;
    }
  }

  @Test
  void autoAnswersAlikeBeforeAndAfterItMoves() {
    float[] expected = session(Backend.PLAIN).run(input(0)).clone();
    Session session = session(Backend.AUTO);
    assertArrayEquals(expected, session.run(input(0)), "the first answer is the plain code's");
    session.warmUp();
    float[] moved = session.run(input(0));
    assertArrayEquals(session(Backend.VECTOR).run(input(0)), moved);
    assertArrayEquals(expected, moved, 1e-5f);
  }

  /** Vectors round otherwise, so that one sees who answers. */
  @Test
  void autoMovesByItself() {
    float[] plain = session(Backend.PLAIN).run(input(0)).clone();
    float[] vector = session(Backend.VECTOR).run(input(0)).clone();
    assertFalse(Arrays.equals(plain, vector));
    Session session = session(Backend.AUTO);
    boolean moved = false;
    for (int run = 0; run < 200 && !moved; run++) {
      moved = Arrays.equals(vector, session.run(input(0)));
    }
    assertTrue(moved);
  }

  /** What warms up has to have room for the widest strides. */
  @Test
  void wideStridesWarmUp() {
    Compiled strides =
        Compiled.of(
            """
            network Strides {
              input image: [112, 112, 3]
              conv(k=1, c=256)
              conv(k=1, c=24, s=16, pad=valid)
            }
            """);
    Session session =
        strides.network().newSession(SessionOptions.defaults().backend(Backend.VECTOR));
    session.warmUp();
    float[] input = RandomWeights.input(112 * 112 * 3, 1);
    Session plain = strides.network().newSession(SessionOptions.defaults().backend(Backend.PLAIN));
    assertArrayEquals(plain.run(input), session.run(input), 1e-4f);
  }

  @Test
  void batchesGiveEachImageItsResult() {
    float[][] results = new float[3][5];
    session(Backend.PLAIN).runBatch(new float[][] {input(0), input(1), input(2)}, results);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(session(Backend.PLAIN).run(input(i)), results[i]);
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> session(Backend.PLAIN).runBatch(new float[1][LENGTH], new float[1][4]));
    assertEquals("result 0 takes 5 floats, not 4", e.getMessage());
  }

  /** Eight images take the layers behind the mean together, then three, then one. */
  @ParameterizedTest
  @CsvSource({
    "1, '[24, 24, 3]', 'conv(k=3, c=40, s=2, pad=same, act=relu)'",
    "3, '[24, 24, 3]', 'conv(k=3, c=40, s=2, pad=same, act=relu)'",
    "2, '[1, 1, 200]', ''",
  })
  void imagesThatShareLayersGetTheSameBitsAsAlone(int threads, String input, String stem) {
    Compiled compiled =
        Compiled.of(
            """
            network Classified {
              input image: %s
              %s
              gap
              conv(k=1, c=300, act=hswish)
              conv(k=1, c=300, act=prelu)
              dense(37)
              softmax
            }
            """
                .formatted(input, stem));
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      SessionOptions options =
          SessionOptions.defaults().backend(Backend.VECTOR).threads(threads, executor);
      Session session = compiled.network().newSession(options);
      for (int count : new int[] {8, 11, 9, 1}) {
        float[][] inputs = new float[count][];
        int length = compiled.network().input().length();
        Arrays.setAll(inputs, i -> RandomWeights.input(length, i));
        float[][] results = new float[count][37];
        session.runBatch(inputs, results);
        assertArrayEquals(results[count - 1], session.output(0));
        for (int i = 0; i < count; i++) {
          assertArrayEquals(session.run(inputs[i]), results[i], "image " + i + " of " + count);
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static Session session(Backend backend) {
    return SMALL.network().newSession(SessionOptions.defaults().backend(backend));
  }

  private static float[] input(long seed) {
    return RandomWeights.input(LENGTH, seed);
  }
}
