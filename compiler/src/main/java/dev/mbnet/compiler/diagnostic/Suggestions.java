package dev.mbnet.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the name that a user most likely meant. */
public final class Suggestions {

  /** A name of ours, then what PyTorch, Keras, timm and darknet call the same. */
  private static final String ELSEWHERE =
      """
      s: stride strides subsample
      k: kernel kernel_size ksize kernel_shape pool_size
      c: filters channels out_channels units features out_features num_classes classes
      g: groups cardinality
      d: dilation dilations dilation_rate
      m: depth_multiplier multiplier
      pad: padding zeropadding2d
      act: activation act_layer nonlinearity activation_fn
      bias: use_bias
      n: repeats repeat r num_layers
      t: expand expansion expand_ratio
      rate: p drop prob
      eps: epsilon
      ratio: reduction rd_ratio
      width: width_mult width_multiplier alpha
      depth: depth_mult depth_multiplier
      conv: conv2d convolution convolution2d conv2dnormactivation convbnact convbnrelu
      dwconv: depthwiseconv2d depthwise depthwise_conv2d depthwiseconv dw
      deconv: convtranspose2d conv2dtranspose convtranspose conv_transpose transposed_conv upconv
      upsample: upsampling2d interpolate resize upsamplingbilinear2d upsamplingnearest2d
      by: scale scale_factor factor size
      corners: align_corners
      sepconv: separableconv2d depthwiseseparable dsconv
      dense: linear fc fullyconnected inner_product
      bn: batchnorm batchnorm2d batchnormalization batch_norm batch
      gap: globalaveragepooling2d adaptiveavgpool2d globalavgpool global_avg_pool globalpool avg_pool
      maxpool: maxpooling2d maxpool2d max_pool
      avgpool: averagepooling2d avgpool2d avg_pool2d
      concat: concatenate cat route
      add: sum plus
      mul: multiply prod
      mbconv: invertedresidual inverted_residual mbconvblock irb mbv2 mbconv6
      fused: fusedmbconv fused_mbconv edgeresidual
      uir: universalinvertedresidual
      basic: basicblock
      squeeze: squeezeexcite squeeze_excite squeezeexcitation se
      swish: silu
      hswish: hard_swish hardswish h_swish
      hsigmoid: hard_sigmoid hardsigmoid h_sigmoid
      leaky: leakyrelu leaky_relu
      prelu: parametricrelu
      crop: centre_crop center_crop centercrop resize_crop
      none: linear identity null off
      on: true yes
      off: false no none
      params: parameters
      macs: flops madds mult_adds mmacs
      h: height rows
      w: width cols
      """;

  private static final Map<String, List<String>> OURS = ours();

  private Suggestions() {}

  /**
   * The candidate that is {@code name} elsewhere, or within two typing mistakes of it (one for
   * short names), or null.
   */
  public static String closest(String name, Collection<String> candidates) {
    for (String other : OURS.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())) {
      if (candidates.contains(other)) {
        return other;
      }
    }
    String best = null;
    int limit = name.length() <= 4 ? 1 : 2;
    for (String candidate : candidates) {
      int distance =
          distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), limit);
      boolean likelier = best == null || distance < limit || candidate.length() == name.length();
      if (distance <= limit && candidate.length() > distance && likelier) {
        limit = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** As {@code did you mean `closest`?}, or the fallback where nothing is close. */
  public static String didYouMean(String name, Collection<String> candidates, String fallback) {
    String closest = closest(name, candidates);
    return closest == null ? fallback : "did you mean `" + closest + "`?";
  }

  private static Map<String, List<String>> ours() {
    Map<String, List<String>> ours = new HashMap<>();
    for (String line : ELSEWHERE.lines().toList()) {
      String[] words = line.split(":? ");
      for (int i = 1; i < words.length; i++) {
        ours.computeIfAbsent(words[i], word -> new ArrayList<>()).add(words[0]);
      }
    }
    return ours;
  }

  /** Names in backticks, separated by spaces. */
  public static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : "`" + String.join("` `", names) + "`";
  }

  /** Damerau-Levenshtein (adjacent swaps count once); anything over {@code limit} is limit + 1. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swap =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swap) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
