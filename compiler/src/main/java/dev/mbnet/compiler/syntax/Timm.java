package dev.mbnet.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stages as timm's and TensorFlow's strings have them, such as {@code ir_r2_k3_s2_e6_c24}. */
public final class Timm {
  private static final Map<String, String> BLOCKS =
      Map.of("ds", "mbconv", "dsa", "sepconv", "ir", "mbconv", "er", "fused", "cn", "conv");
  private static final Map<String, String> NAMES =
      Map.of("r", "n", "k", "k", "s", "s", "e", "t", "c", "c");
  private static final Pattern STAGE = Pattern.compile("([a-z]+)((?:_[a-z]+[0-9.]*)+)");
  private static final Pattern PART = Pattern.compile("_([a-z]+)([0-9.]*)");

  private Timm() {}

  /** The call that a string stands for, as help; null where it is none. */
  public static String translate(String text) {
    Matcher stage = STAGE.matcher(text);
    if (!stage.matches() || !BLOCKS.containsKey(stage.group(1))) {
      return null;
    }
    List<String> arguments = new ArrayList<>();
    Matcher part = PART.matcher(stage.group(2));
    while (part.find()) {
      String name = NAMES.get(part.group(1));
      if (name == null && !part.group(1).equals("se") && !part.group(1).equals("noskip")) {
        return null;
      }
      boolean plain = name != null && !(name.equals("t") && stage.group(1).equals("ds"));
      if (plain) {
        arguments.add(name + "=" + part.group(2));
      } else if (name == null) {
        boolean se = part.group(1).equals("se");
        arguments.add(se ? "se(ratio=" + part.group(2) + ")" : "skip=off");
      }
    }
    String call = BLOCKS.get(stage.group(1)) + "(" + String.join(", ", arguments) + ")";
    return "a stage in timm's notation; here it is `" + call + "`";
  }
}
