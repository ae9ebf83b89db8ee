package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Axis;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Pictures of what deep ReLU networks make of a line: folded ones, and random ones. */
final class FoldedLines {
  private FoldedLines() {}

  static void draw(Notebook notebook, int units) {
    double[] x = Tensor.linspace(DType.FLOAT64, -4, 4, 801).toDoubleArray();
    List<Series> curves = new ArrayList<>();
    for (int k : new int[] {1, 3, 5}) {
      Sequential network = DeepNetwork.of(1, k, units, new SplittableRandom(3));
      double[] y = Joints.outputs(network, x);
      int joints = Joints.between(-4, 4, Joints.hidden(network)).length;
      curves.add(new Series("K = " + k + ": " + (joints + 1) + " regions", x, y));
    }
    notebook.picture(
        "Layers of three units fold [0, 1] into 4, 16 and 64 pieces",
        Curves.of("Folding networks", folds()).axes(Axis.linear("x"), Axis.linear("y")));
    notebook.picture(
        "Random networks of " + units + " units in each layer",
        Curves.of("Random deep networks", curves).axes(Axis.linear("x"), Axis.linear("y")));
  }

  private static List<Series> folds() {
    double[] x = Tensor.linspace(DType.FLOAT64, 0, 1, 1793).toDoubleArray();
    return IntStream.rangeClosed(1, 3)
        .mapToObj(
            k ->
                new Series(
                    "K = " + k,
                    x,
                    FoldingNetwork.of(k, 3)
                        .forward(Tensor.of(x).unsqueeze(1))
                        .add(1.2 * (3 - k))
                        .toDoubleArray()))
        .toList();
  }
}
