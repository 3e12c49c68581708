package dev.mbnet.compiler;

import dev.mbnet.testing.Batch;
import dev.mbnet.testing.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** {@code conv} and {@code dwconv} with every window, on every size, for many channel counts. */
class ConvolutionsAgainstOnnxRuntimeTest {
  private static final int[][] SIZES = {{8, 8}, {7, 7}, {7, 5}, {1, 1}, {1, 9}, {9, 1}, {6, 11}};
  private static final int[] CHANNELS = {1, 3, 7, 8, 9, 16, 17, 24};

  /** Windows over the result of another layer; each size takes every third combination. */
  @TestFactory
  Stream<DynamicContainer> windows() {
    List<DynamicContainer> all = new ArrayList<>();
    for (int i = 0; i < SIZES.length; i++) {
      int[] size = SIZES[i];
      int channels = CHANNELS[CHANNELS.length - 1 - i];
      String on = size[0] + "x" + size[1] + "x" + channels;
      Batch conv = Batch.onLayer("conv on " + on, size[0], size[1], channels);
      Batch dwconv = Batch.onLayer("dwconv on " + on, size[0], size[1], channels);
      List<Window> windows = Window.over(size[0], size[1]);
      for (int w = i % 3; w < windows.size(); w += 3) {
        conv.add("conv(c=" + CHANNELS[w % CHANNELS.length] + ", " + windows.get(w) + ")");
        dwconv.add("dwconv(" + windows.get(w) + ")");
      }
      all.add(conv.tests());
      all.add(dwconv.tests());
    }
    return all.stream();
  }

  /** Windows of one padding over the input itself. */
  @TestFactory
  Stream<DynamicContainer> windowsOnTheInput() {
    Map<String, Batch> all = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      int[] size = SIZES[i];
      int channels = List.of(3, 1, 3, 8, 7).get(i);
      List<Window> windows = Window.over(size[0], size[1]);
      for (int w = i % 3; w < windows.size(); w += 3) {
        String pads = Arrays.toString(windows.get(w).pads(size[0], size[1]));
        String name = "input " + size[0] + "x" + size[1] + "x" + channels + " padded by " + pads;
        all.computeIfAbsent(name, n -> Batch.onInput(n, size[0], size[1], channels))
            .add("conv(c=" + CHANNELS[w % CHANNELS.length] + ", " + windows.get(w) + ")");
      }
    }
    return all.values().stream().map(Batch::tests);
  }

  /** Every count of channels in and out. */
  @TestFactory
  Stream<DynamicContainer> channels() {
    List<DynamicContainer> all = new ArrayList<>();
    for (int in : CHANNELS) {
      Batch onLayer = Batch.onLayer(in + " channels of a layer", 3, 5, in);
      Batch onInput = Batch.onInput(in + " channels of the input", 3, 5, in);
      for (int out : CHANNELS) {
        onLayer.add("conv(k=1, c=" + out + ")");
        onLayer.add("conv(k=3, c=" + out + ", pad=symmetric, bias=off)");
        onInput.add("conv(k=3, c=" + out + ", pad=same)");
      }
      for (int m = 1; m <= 3; m++) {
        onLayer.add("dwconv(k=3, m=" + m + ", pad=same)");
        onLayer.add("dwconv(k=3, m=" + m + ", pad=symmetric, d=2, norm=bn(eps=1e-3), act=relu6)");
      }
      all.add(onLayer.tests());
      all.add(onInput.tests());
    }
    return all.stream();
  }

  @TestFactory
  Stream<DynamicContainer> groups() {
    List<DynamicContainer> all = new ArrayList<>();
    for (int in : new int[] {1, 3, 8, 12, 24}) {
      Batch onLayer = Batch.onLayer("groups of " + in + " channels of a layer", 5, 4, in);
      Batch onInput = Batch.onInput("groups of " + in + " channels of the input", 5, 4, in);
      for (Batch batch : List.of(onLayer, onInput)) {
        for (int groups : new int[] {1, 2, 3, 4, 8, 12, 24}) {
          for (int outs = 1; outs <= 3 && in % groups == 0; outs++) {
            String call = "conv(c=" + groups * outs + ", g=" + groups;
            batch.add(call + ", k=1)");
            batch.add(call + ", k=3, pad=same, s=[2, 1], act=relu)");
            batch.add(call + ", k=[1, 3], pad=symmetric, d=[1, 2], norm=bn(eps=1e-5))");
          }
        }
        batch.add("dwconv(k=1)").add("dwconv(k=3, m=2, pad=same, s=2)");
      }
      all.add(onLayer.tests());
      all.add(onInput.tests());
    }
    return all.stream();
  }

  /** What reads the input decides whether it is copied to pixels. */
  @TestFactory
  Stream<DynamicContainer> readersOfTheInput() {
    return Stream.of(
            Batch.onInput("two paddings", 7, 6, 3)
                .add("conv(k=3, c=8, pad=same)")
                .add("conv(k=5, c=9, pad=symmetric)"),
            Batch.onInput("two convolutions of one padding", 7, 6, 3)
                .add("conv(k=3, c=8, pad=symmetric)")
                .add("conv(k=3, c=9, pad=[1, 1, 1, 1], s=2)"),
            Batch.onInput("a convolution and a depthwise one", 7, 6, 3)
                .add("conv(k=3, c=8, pad=same)")
                .add("dwconv(k=3, pad=same)"),
            Batch.onInput("a convolution after a dropout", 7, 6, 3)
                .add("dropout(0.5) conv(k=3, c=8, pad=same)"),
            Batch.onInput("a convolution after a pad", 7, 6, 3)
                .add("pad([0, 1, 2, 0]) conv(k=3, c=8, pad=valid, s=2)"),
            Batch.onInput("a pad of its own and one before a convolution", 7, 6, 3)
                .add("pad([1, 1, 1, 1]) conv(k=3, c=8, pad=valid, s=2)")
                .add("conv(k=3, c=8, pad=symmetric)"),
            Batch.onInput("the input as an output", 7, 6, 3)
                .add("dropout(0)")
                .add("conv(k=3, c=8, pad=same)"))
        .map(Batch::tests);
  }
}
