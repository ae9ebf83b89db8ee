package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.training.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** L3.5: a layer for all samples at once. */
final class VectorisedLayer {
  private static final int BEFORE = 3;
  private static final int UNITS = 5;
  private static final int SAMPLES = 8;
  private static final double TOLERANCE = 1e-12;

  private VectorisedLayer() {}

  static void run(Notebook notebook) {
    notebook.text(
        "Sample by sample a layer computes z = W x + b with W of n[l] x n[l-1]. With the m samples"
            + " side by side as the columns of X the same layer is one product, Z = W X + b, where"
            + " b is added to every column. No loop is left to be interpreted, and the product is"
            + " what processors are fastest at.");
    RandomGenerator random = Seeds.generator(1);
    Tensor w = Tensor.normal(random, DType.FLOAT64, UNITS, BEFORE).requiresGrad();
    Tensor b = Tensor.normal(random, DType.FLOAT64, UNITS, 1).requiresGrad();
    Tensor x = Tensor.normal(random, DType.FLOAT64, BEFORE, SAMPLES);
    Tensor z = w.matmul(x).add(b);

    List<Tensor> columns = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      columns.add(w.matmul(x.slice(1, i, i + 1)).add(b));
    }
    Tensor oneByOne = Tensor.concat(1, columns);
    notebook.table(
        "Shapes for n[l-1] = 3, n[l] = 5 and m = 8",
        List.of("", "rows", "columns"),
        List.of(shape("W", w), shape("X", x), shape("b", b), shape("Z", z)));
    notebook.claim(
        "Z = W X + b equals the loop over samples", Difference.largest(z, oneByOne) <= TOLERANCE);
    notebook.claim(
        "W is n[l] x n[l-1], X n[l-1] x m, b n[l] x 1 and Z n[l] x m",
        has(w, UNITS, BEFORE)
            && has(x, BEFORE, SAMPLES)
            && has(b, UNITS, 1)
            && has(z, UNITS, SAMPLES));

    notebook.text(
        "So it is backwards. With the deltas of all samples side by side in D, the gradient of W is"
            + " D X^T: a product that multiplies and sums over samples at once. That of b, which"
            + " every column shares, is the sum of the columns of D.");
    Tensor delta = z.detach().tanh();
    Gradients together = z.mul(delta).sum().backward();
    Gradients apart = oneByOne.mul(delta).sum().backward();
    notebook.claim(
        "the gradient of W is D X^T, the sum over samples of delta x^T",
        Difference.largest(together.of(w), delta.matmul(x.transpose())) <= TOLERANCE
            && Difference.largest(together.of(w), apart.of(w)) <= TOLERANCE);
    notebook.claim(
        "the gradient of b is the sum over samples of delta",
        Difference.largest(together.of(b), delta.sumKeeping(1)) <= TOLERANCE
            && Difference.largest(together.of(b), apart.of(b)) <= TOLERANCE);

    notebook.text(
        "Libraries, this one too, put samples into rows: Linear computes X W^T + b for X of"
            + " m x n[l-1]. It is the same layer, transposed.");
    Linear layer = new Linear(Parameter.of("W", w), Parameter.of("b", b.reshape(UNITS)));
    notebook.claim(
        "the layer Linear gives Z transposed",
        Difference.largest(layer.forward(x.transpose()), z.transpose()) <= TOLERANCE);
  }

  private static List<Object> shape(String name, Tensor tensor) {
    return List.of(name, tensor.shape().dim(0), tensor.shape().dim(1));
  }

  private static boolean has(Tensor tensor, int rows, int columns) {
    return tensor.shape().dim(0) == rows && tensor.shape().dim(1) == columns;
  }
}
