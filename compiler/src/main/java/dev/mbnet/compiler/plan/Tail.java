package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The regions at a network's end that compute with single pixels, most of them dense layers. There
 * each weight serves one product, and is read from main memory for it; of a batch, several images
 * take such a region together. What the regions read and write lies in one block of memory, and
 * each image's block beside that of the image before, where no tensor is needed any more.
 *
 * @param region the first of the regions; behind the last one where there are none
 * @param input the only tensor that they read of regions before; null where there are none
 * @param apart floats from one image's block to the next one's, which may lie before it
 * @param images how many there is room for, at most
 */
public record Tail(int region, Place input, int apart, int images) {
  /** Weights of a panel stay in a cache for all of so many images. */
  private static final int MOST = 8;

  public boolean isNone() {
    return images == 1;
  }

  /** Without room for more than one image yet; {@code outputs} are where the network's live. */
  static Tail of(List<Region> regions, Set<Place> outputs) {
    int first = regions.size();
    while (first > 0 && isSingle(regions.get(first - 1))) {
      first--;
    }
    List<Stage> stages = stages(regions, first);
    Set<Place> inputs = new LinkedHashSet<>();
    for (Stage stage : stages) {
      inputs.addAll(stage.inputs());
      if (stage.residual() != null) {
        inputs.add(stage.residual());
      }
    }
    Set<Place> written = written(stages);
    inputs.removeAll(written);
    boolean weighs = stages.stream().anyMatch(Stage::hasWeights);
    return weighs && inputs.size() == 1 && written.containsAll(outputs)
        ? new Tail(first, inputs.iterator().next(), 0, 1)
        : new Tail(regions.size(), null, 0, 1);
  }

  /** All that the regions read and write. */
  Set<Place> places(List<Region> regions) {
    Set<Place> places = written(stages(regions, region));
    places.add(input);
    return places;
  }

  private static Set<Place> written(List<Stage> stages) {
    return stages.stream().map(Stage::output).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Of regions from {@code first} on, each of which has one. */
  private static List<Stage> stages(List<Region> regions, int first) {
    return regions.subList(first, regions.size()).stream().map(Region::last).toList();
  }

  /** The same with as many images as there is room for before or behind its {@code floats}. */
  Tail placed(int at, int floats, int end) {
    int behind = (end - at) / floats;
    int before = 1 + at / floats;
    int images = Math.min(MOST, Math.max(behind, before));
    return new Tail(region, input, behind >= before ? floats : -floats, images);
  }

  private static boolean isSingle(Region region) {
    return region.last().task().kind() != Task.Kind.INPUT
        && region.copies().isEmpty()
        && region.stages().size() == 1
        && isPixel(region.last().task().out())
        && region.last().inputs().stream().allMatch(place -> isPixel(place.shape()));
  }

  private static boolean isPixel(Shape shape) {
    return shape.pixels() == 1;
  }
}
