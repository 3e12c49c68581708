package dev.mbnet.compiler.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Compiled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Imports from bytes in memory. */
final class Imports {

  private Imports() {}

  static ResolvedNetwork network(String text) {
    return Compiled.check(text, List.of()).networks().get(0);
  }

  static Imported read(ResolvedNetwork network, byte[] model) {
    return read(network, model, Map.of());
  }

  /** {@code files} are beside the model's. */
  static Imported read(ResolvedNetwork network, byte[] model, Map<String, byte[]> files) {
    try {
      return Importer.read(network, model, (path, most) -> Optional.ofNullable(files.get(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Tensor> tensors(String network, byte[] model) {
    return tensors(network, model, Map.of());
  }

  /** The tensors by name; the file has to fit. */
  static Map<String, Tensor> tensors(String network, byte[] model, Map<String, byte[]> files) {
    Imported imported = read(network(network), model, files);
    assertEquals(List.of(), imported.problems());
    Map<String, Tensor> all = new HashMap<>();
    imported.tensors().forEach(tensor -> all.put(tensor.name(), tensor));
    return all;
  }

  static void assertTensor(Tensor tensor, List<Integer> dims, float... values) {
    assertEquals(dims, tensor.dims());
    assertArrayEquals(values, tensor.values());
  }

  /** What is told about a file that does not fit. */
  static void assertProblems(
      String network, byte[] model, Map<String, byte[]> files, String... problems) {
    Imported imported = read(network(network), model, files);
    assertEquals(String.join("\n", problems), String.join("\n", imported.problems()));
    assertEquals(List.of(), imported.tensors());
  }

  /** Whatever came of a file, each problem is a line that can be shown. */
  static void assertReadable(Imported imported) {
    assertEquals(imported.isOk(), !imported.tensors().isEmpty());
    for (String problem : imported.problems()) {
      assertTrue(problem.matches("[^\\p{C}\\p{Zl}\\p{Zp}]+"), problem);
    }
  }
}
