package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares layers that pair up by shape in all else that a file says of them. */
final class Comparison {
  private static final int EXAMPLES = 4;

  private final List<NetworkLayer> network;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, List<String>> facts = new LinkedHashMap<>();

  private Comparison(List<NetworkLayer> network) {
    this.network = network;
  }

  /** What differs, a line for each fact with the layers it holds for. */
  static List<String> differences(NetworkLayer.All network, FileLayers.All file) {
    Comparison comparison = new Comparison(network.layers());
    for (int i = 0; i < network.layers().size(); i++) {
      comparison.compare(network.layers().get(i), file.layers().get(i));
    }
    comparison.facts.forEach((fact, layers) -> comparison.differences.add(line(fact, layers)));
    if (comparison.differences.isEmpty() && network.outputs().size() == file.outputs().size()) {
      comparison.outputs(network.outputs(), file.outputs());
    }
    return comparison.differences;
  }

  private void compare(NetworkLayer here, FileLayer there) {
    Window mine = here.window();
    Window its = there.windowIn(here);
    compare("strides", list(mine.stride()), list(its.stride()), here, there);
    compare("dilations", list(mine.dilation()), list(its.dilation()), here, there);
    compare("groups", mine.groups(), its.groups(), here, there);
    compare("padding (top, bottom, left, right)", mine.pads(), its.pads(), here, there);
    if (here.kind() != Kind.NORM) {
      norms(here, there);
    }
    if ((here.norm() != null || here.kind() == Kind.NORM) && there.norm() != null) {
      compare("eps", (float) here.eps(), (float) there.norm().eps(), here, there);
    }
    if (!here.sources().layers().equals(there.sources().layers())) {
      String fact = "reads %s here, what stands for %s in the file";
      add(String.format(fact, read(here.sources()), read(there.sources())), here, there);
    }
    Shape flattened = here.flattened();
    if (flattened != null && mine.groups() > 1) {
      add("works in groups on what `flatten` made, which cannot be imported", here, there);
    } else if (flattened != null && there.order() == FileLayer.Order.OTHER) {
      String fact = "reads what `flatten` made of %s; the file's order is no known one";
      add(String.format(fact, flattened), here, there);
    }
  }

  private void compare(String what, Object mine, Object its, NetworkLayer here, FileLayer there) {
    if (!mine.equals(its)) {
      add(what + " " + mine + " here, " + its + " in the file", here, there);
    }
  }

  private void norms(NetworkLayer here, FileLayer there) {
    boolean biased = there.bias() != null;
    if (here.norm() != null && there.norm() == null) {
      add(
          biased && !here.hasBias()
              ? "a norm here, a bias instead in the file: the norm is folded already, which cannot"
                  + " be undone; write `norm = none`"
              : "a norm here, none in the file; write `norm = none, bias = "
                  + (biased ? "on`" : "off`"),
          here,
          there);
      return;
    }
    if (here.norm() == null && there.norm() != null) {
      String bn = "`bn(eps=" + (float) there.norm().eps() + ")`";
      String help = here.kind() == Kind.DENSE ? "put " + bn + " after it" : "its `norm` is " + bn;
      add("no norm here, one in the file; " + help, here, there);
    }
    if (here.hasBias() != biased) {
      add(
          biased
              ? "no bias here, one in the file; write `bias = on`"
              : "a bias here, none in the file; write `bias = off`",
          here,
          there);
    }
  }

  /** Notes a fact of a pair; layers with the same one share a line. */
  private void add(String fact, NetworkLayer here, FileLayer there) {
    facts
        .computeIfAbsent(fact, f -> new ArrayList<>())
        .add("`" + here.name() + "` (" + Quote.quoted(there.name()) + ")");
  }

  private static String line(String fact, List<String> layers) {
    int rest = layers.size() - EXAMPLES;
    String shown = String.join(", ", layers.subList(0, Math.min(EXAMPLES, layers.size())));
    return shown + (rest > 0 ? " and " + rest + " more: " : ": ") + fact;
  }

  private void outputs(List<Sources> mine, List<Sources> its) {
    for (int i = 0; i < mine.size(); i++) {
      if (!mine.get(i).layers().equals(its.get(i).layers())) {
        differences.add(
            "output "
                + (i + 1)
                + " is computed from "
                + read(mine.get(i))
                + " here, from what"
                + " stands for "
                + read(its.get(i))
                + " in the file; declare outputs in the file's"
                + " order");
      }
    }
  }

  /** Layers by the network's names; in the file as well, for they pair up. */
  private String read(Sources sources) {
    List<String> names =
        sources.layers().stream()
            .map(i -> i < 0 ? "the input" : "`" + network.get(i).name() + "`")
            .toList();
    return names.isEmpty() ? "nothing" : String.join(", ", names);
  }

  private static List<Integer> list(Pair pair) {
    return List.of(pair.h(), pair.w());
  }
}
