package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Networks of threshold units that compute XOR, of two inputs and of many. */
final class XorNetworks {
  private XorNetworks() {}

  /** Any, and not both: 3 units, 9 weights and biases. */
  static Sequential block() {
    double[][] weights = {{1, 1}, {-1, -1}};
    return new Sequential(ThresholdUnits.of(weights, 1, -1), ThresholdUnits.and(2));
  }

  /** The parity of the first two inputs, then that and the third, and so on. */
  private record XorChain(List<Sequential> blocks) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      Tensor parity = x.slice(1, 0, 1);
      for (int i = 0; i < blocks.size(); i++) {
        Tensor next = x.slice(1, i + 1, i + 2);
        parity = blocks.get(i).apply(Tensor.concat(1, List.of(parity, next)));
      }
      return parity;
    }

    @Override
    public List<Child> children() {
      return numbered(blocks);
    }
  }

  /** The parities of pairs, of pairs of them, and so on: a level halves the columns. */
  private record XorLevel(List<Sequential> blocks) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      List<Tensor> pairs = x.split(1, 2);
      return Tensor.concat(
          1,
          IntStream.range(0, blocks.size())
              .mapToObj(i -> blocks.get(i).apply(pairs.get(i)))
              .toList());
    }

    @Override
    public List<Child> children() {
      return numbered(blocks);
    }
  }

  private static List<Layer.Child> numbered(List<Sequential> blocks) {
    return IntStream.range(0, blocks.size())
        .mapToObj(i -> new Layer.Child("block" + i, blocks.get(i)))
        .toList();
  }

  private static List<Sequential> blocks(int count) {
    return Stream.generate(XorNetworks::block).limit(count).toList();
  }

  /** Blocks one after another: {@code [n, inputs] -> [n, 1]}. */
  static Layer chain(int inputs) {
    return new XorChain(blocks(inputs - 1));
  }

  /** A tree of blocks: {@code [n, inputs] -> [n, 1]}, for a power of two. */
  static Sequential tree(int inputs) {
    List<Layer> levels = new ArrayList<>();
    for (int pairs = inputs / 2; pairs >= 1; pairs /= 2) {
      levels.add(new XorLevel(blocks(pairs)));
    }
    return new Sequential(levels);
  }
}
