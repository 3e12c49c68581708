package dev.mbnet.compiler.summary;

import com.google.gson.Gson;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of HTML that draws a network, for a browser without a network: everything is in it. The
 * page's parts are resources; a part's name between two {@code @} stands for it.
 */
public final class HtmlPage {
  private static final Pattern PART = Pattern.compile("@([a-z]+[.a-z]*)@");

  /** What the page's scripts read. */
  private record Data(
      Summary totals, int depth, List<Source> sources, List<Stage> stages, List<Layer> layers) {}

  private record Source(String name, String text) {}

  /**
   * A statement.
   *
   * @param source its file, a place in the list of them
   * @param begin where its text begins in the file, in UTF-16 units
   */
  private record Stage(int source, int line, int begin, int end) {}

  /**
   * A layer; its place in the list is its number.
   *
   * @param detail its operations in words
   * @param reads the numbers of the layers it reads
   * @param weights names after its own, with dimensions
   */
  private record Layer(
      String name,
      String op,
      String detail,
      List<Integer> reads,
      List<Integer> output,
      long parameters,
      long macs,
      long outputBytes,
      long liveBytes,
      int stage,
      List<String> weights,
      List<String> outputs) {}

  private final ResolvedNetwork network;
  private final Summary summary;
  private final int depth;
  private final Map<Span, Integer> calls = new LinkedHashMap<>();

  private HtmlPage(ResolvedNetwork network, int depth) {
    this.network = network;
    this.summary = Summary.of(network);
    this.depth = depth;
  }

  /**
   * Draws a network.
   *
   * @param depth how many levels of stages and blocks are shown at first; the reader unfolds more
   */
  public static String of(ResolvedNetwork network, int depth) {
    return new HtmlPage(network, depth).page();
  }

  private String page() {
    // Gson writes what could end a script, such as <, as an escape.
    String data = new Gson().toJson(data());
    return fill(
        resource("page.html"),
        Map.of(
            "title", escape(network.name()),
            "doc", escape(network.doc()),
            "data", data,
            "table", escape(Table.text(summary))));
  }

  private static String fill(String text, Map<String, String> values) {
    return PART.matcher(text)
        .replaceAll(
            part -> {
              String value = values.get(part.group(1));
              return Matcher.quoteReplacement(value != null ? value : resource(part.group(1)));
            });
  }

  private Data data() {
    Map<String, Summary.Layer> counts = new HashMap<>();
    summary.layers().forEach(layer -> counts.put(layer.name(), layer));
    List<Layer> layers =
        network.layers().stream().map(l -> layer(l, counts.get(l.path()))).toList();
    Map<SourceFile, Integer> files = new LinkedHashMap<>();
    List<Stage> stages = new ArrayList<>();
    for (Span call : calls.keySet()) {
      int file = files.computeIfAbsent(call.file(), f -> files.size());
      stages.add(new Stage(file, call.line(), call.start(), call.end()));
    }
    List<Source> sources =
        files.keySet().stream()
            .map(file -> new Source(file.name().replaceFirst(".*/", ""), file.text()))
            .toList();
    return new Data(summary.folded(0), depth, sources, stages, layers);
  }

  private Layer layer(ResolvedLayer layer, Summary.Layer counts) {
    boolean input = counts == null;
    return new Layer(
        layer.path(),
        layer.operator(),
        String.join(" ", layer.parts().stream().map(part -> part.op().describe()).toList()),
        layer.inputs(),
        Summary.list(layer.shape()),
        input ? 0 : counts.parameters(),
        input ? 0 : counts.macs(),
        Float.BYTES * layer.shape().elements(),
        input ? 0 : counts.liveBytes(),
        calls.computeIfAbsent(layer.stage().call(), call -> calls.size()),
        layer.weights().stream().map(weight -> weight.name() + " " + weight.dims()).toList(),
        network.outputs().stream()
            .filter(output -> output.layer() == layer.id())
            .map(ResolvedNetwork.Output::name)
            .toList());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").strip();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page has no part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
