package dev.mbnet.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every operator: the one list that a new one is added to. */
public final class Operators {
  private static final List<Operator> ALL = new ArrayList<>();

  static {
    ALL.addAll(
        List.of(
            Conv.OPERATOR,
            DepthwiseConv.OPERATOR,
            Deconv.OPERATOR,
            Dense.OPERATOR,
            BatchNorm.OPERATOR,
            Merge.ADD,
            Merge.MUL,
            Concat.OPERATOR,
            Pool.MAX,
            Pool.AVG,
            GlobalPool.OPERATOR,
            Upsample.OPERATOR,
            Flatten.OPERATOR,
            Dropout.OPERATOR,
            Softmax.OPERATOR,
            Pad.OPERATOR));
    ALL.addAll(Activate.OPERATORS);
  }

  private static final Map<String, Operator> BY_NAME = new LinkedHashMap<>();

  static {
    ALL.forEach(operator -> BY_NAME.put(operator.name(), operator));
  }

  private Operators() {}

  /** All of them by name, in the order of the reference. */
  public static Map<String, Operator> byName() {
    return Collections.unmodifiableMap(BY_NAME);
  }
}
