package dev.mbnet.compiler;

import dev.mbnet.testing.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** What makes pictures larger: transposed convolutions and upsampling. */
class UpsamplingAgainstOnnxRuntimeTest {
  private static final int[][] SIZES = {{5, 5}, {4, 7}, {7, 4}, {1, 1}, {1, 6}, {6, 1}};
  private static final List<String> PADS =
      List.of("same", "symmetric", "valid", "[0, 1, 1, 0]", "[1, 1, 1, 1]", "[0, 0, 2, 1]");

  @TestFactory
  Stream<DynamicContainer> deconvolutions() {
    return Stream.of(SIZES).map(size -> deconvolutions(size[0], size[1]).tests());
  }

  private static Batch deconvolutions(int height, int width) {
    Batch batch = Batch.onLayer("deconv on " + height + "x" + width, height, width, 6);
    for (int k = 1; k <= 5; k++) {
      for (int s = 1; s <= 4; s++) {
        for (String pad : PADS) {
          boolean even = pad.equals("symmetric") && k % 2 == 0 && s == 1;
          boolean empty = pad.startsWith("[") && (Math.min(height, width) - 1) * s + k <= 3;
          if (!even && !empty) {
            batch.add("deconv(k=" + k + ", s=" + s + ", c=5, pad=" + pad + ")");
          }
        }
      }
    }
    return batch;
  }

  @TestFactory
  Stream<DynamicContainer> deconvolutionsInStacks() {
    return Batch.onBoth(
        List.of(
            "deconv(k=2, s=2, c=9)",
            "deconv(k=4, s=2, c=17, pad=symmetric)",
            "deconv(k=[3, 4], s=[1, 2], c=5, pad=same)",
            "deconv(k=[2, 5], s=[3, 2], c=5, pad=same)",
            "deconv(k=[2, 5], s=[3, 2], c=5, pad=symmetric)",
            "deconv(k=8, s=4, c=3, pad=symmetric)",
            "deconv(k=16, s=8, c=2, pad=same)",
            "deconv(k=3, s=2, c=8, g=2, pad=same)",
            "deconv(k=4, s=2, c=8, g=8, pad=symmetric)",
            "deconv(k=3, s=2, c=4, g=4, pad=valid)",
            "deconv(k=3, s=2, c=24, g=8, pad=same, norm=bn(eps=1e-3), act=relu)",
            "deconv(k=4, s=2, c=20, pad=same, norm=bn(eps=1e-3), act=relu6, bias=on)",
            "deconv(k=4, s=2, c=20, pad=same, norm=bn(eps=1e-3), act=prelu)",
            "deconv(k=4, s=2, c=20, pad=same, bias=off, act=gelu)",
            "deconv(k=4, s=2, c=20, pad=same) bn(eps=1e-3) swish",
            "deconv(k=3, s=2, c=9, pad=same, n=3)",
            "deconv(k=3, s=2, c=9, pad=same) deconv(k=2, s=2, c=40, act=relu) conv(k=1, c=3)",
            "conv(k=3, s=2, c=9, pad=same) dwconv(k=3, pad=same) deconv(k=3, s=2, c=9, pad=same)",
            "$a: deconv(k=3, c=8, pad=same) add($a) gap dense(3)",
            "$a: conv(k=1, c=5) deconv(k=3, c=5, pad=same) add($a) relu",
            "deconv(k=3, c=8, pad=[2, 2, 2, 2]) conv(k=3, c=4, pad=same)",
            "deconv(k=3, c=8, pad=[4, 0, 0, 4])",
            "deconv(k=7, c=8, pad=[0, 5, 6, 0])",
            "gap deconv(k=7, c=8, pad=valid)",
            "parallel concat { { deconv(k=2, s=2, c=3) } { upsample(2) } }"));
  }

  @TestFactory
  Stream<DynamicContainer> upsamples() {
    return Stream.of(SIZES).map(size -> upsamples(size[0], size[1]).tests());
  }

  private static Batch upsamples(int height, int width) {
    Batch batch = Batch.onLayer("upsample on " + height + "x" + width, height, width, 9);
    List<String> sizes = new ArrayList<>();
    for (int by = 1; by <= 5; by++) {
      sizes.add("by=" + by);
      sizes.add("by=[" + by + ", " + (6 - by) + "]");
    }
    for (int more : new int[] {0, 1, 2, 3, 6, 9, 20}) {
      sizes.add("to=[" + (height + more) + ", " + (width + more / 2) + "]");
    }
    sizes.add("to=23");
    for (String size : sizes) {
      batch.add("upsample(" + size + ")");
      batch.add("upsample(" + size + ", mode=bilinear)");
      batch.add("upsample(" + size + ", mode=bilinear, corners)");
    }
    return batch;
  }

  @TestFactory
  Stream<DynamicContainer> upsamplesInStacks() {
    return Batch.onBoth(
        List.of(
            "upsample(2) relu",
            "upsample(2, mode=bilinear) conv(k=3, c=17, pad=same)",
            "$a: conv(k=1, c=4) maxpool(k=2) upsample(to=$a) concat($a)",
            "$a: conv(k=1, c=4) maxpool(k=2) upsample(to=$a, mode=bilinear) add($a)",
            "$a: relu gap conv(k=1, c=5, act=relu) upsample(to=$a, mode=bilinear) concat($a)",
            "$a: relu gap conv(k=1, c=5) upsample(to=$a, mode=bilinear, corners) concat($a)",
            "$a: relu avgpool(k=3, s=3) upsample(to=$a, mode=bilinear, corners) mul($a)",
            "upsample(by=[2, 1]) upsample(by=[1, 3], mode=bilinear) gap dense(2)",
            "conv(k=3, c=21, pad=same) upsample(2, mode=bilinear) dwconv(k=3, pad=same, s=2)",
            "upsample(to=[13, 17], mode=bilinear) conv(k=1, c=5) upsample(to=40, mode=bilinear)"));
  }
}
