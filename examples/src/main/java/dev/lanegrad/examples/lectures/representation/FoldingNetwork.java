package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ReLU network of one number with as many linear regions as there can be, (D + 1)^K for K layers
 * of D units.
 *
 * <p>Each layer folds the line: its units, weighed, make a zigzag f over [0, D + 1/2] that goes
 * from 0 up to 1 with slope 2, then down and up with slope 1, D + 1 times in all; the layer above
 * takes (D + 1/2) f as its x. The joints are at 1/2, 3/2, 5/2 and so on. The third unit faces left,
 * which gives the first piece its slope; the others face right.
 *
 * <p>That such networks exist: Serra, Tjandraatmadja and Ramalingam, "Bounding and counting linear
 * regions of deep neural networks", 2018, <a
 * href="https://arxiv.org/abs/1711.02114">arXiv:1711.02114</a>; the weights are ours.
 */
final class FoldingNetwork {
  private static final int LEFT = 2;

  private FoldingNetwork() {}

  /**
   * The network from [n, 1] in [0, 1] to [n, 1] in [0, 1].
   *
   * @param units D, at least 3
   */
  static Sequential of(int layers, int units) {
    double length = units + 0.5;
    double[] joints = IntStream.range(0, units).mapToDouble(j -> j + 0.5).toArray();
    double[] facing = IntStream.range(0, units).mapToDouble(j -> j == LEFT ? -1 : 1).toArray();
    double[] bends = IntStream.range(0, units).mapToDouble(j -> j % 2 == 0 ? -2 : 2).toArray();
    bends[0] = -3;
    Tensor side = Tensor.of(facing).unsqueeze(1);
    Tensor zigzag = Tensor.of(bends).unsqueeze(0);
    double atZero = -bends[LEFT] * joints[LEFT];
    Tensor start = Tensor.of(facing).mul(Tensor.of(joints)).neg();
    Tensor above = start.add(Tensor.of(facing).mul(length * atZero));

    List<Layer> network = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      Tensor weight = (k == 0 ? side : side.matmul(zigzag)).mul(length);
      network.add(GivenWeights.of(weight, k == 0 ? start : above));
      network.add(new ReLU());
    }
    network.add(GivenWeights.of(zigzag, Tensor.of(atZero)));
    return new Sequential(network);
  }
}
