package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one recurrent layer, on sequences [steps, features, n]: with the batch along the
 * last axis, each gate of each step is one contiguous block.
 *
 * @param cell the equations
 * @param input weight_ih, [gates hidden, in]
 * @param hidden weight_hh, [gates hidden, hidden]
 * @param inputBias bias_ih, [gates hidden]; null for none
 * @param hiddenBias bias_hh, [gates hidden]; null for none
 */
record RecurrentWeights(
    RecurrentCell cell,
    Parameter input,
    Parameter hidden,
    @Nullable Parameter inputBias,
    @Nullable Parameter hiddenBias) {
  /** What a direction makes of a sequence: h of each step in the order of steps, and the last. */
  record Run(List<Tensor> outputs, List<Tensor> last) {}

  /** Uniform between -1 / sqrt(hidden) and 1 / sqrt(hidden). */
  static RecurrentWeights create(
      RecurrentCell cell,
      String suffix,
      int in,
      int hidden,
      boolean bias,
      DType dtype,
      RandomGenerator random) {
    double range = 1 / Math.sqrt(hidden);
    Initializer uniform = Initializer.uniform(-range, range);
    int rows = Shape.of(cell.gates(), hidden).size();
    return new RecurrentWeights(
        cell,
        Parameter.of("weight_ih" + suffix, uniform.create(random, dtype, rows, in)),
        Parameter.of("weight_hh" + suffix, uniform.create(random, dtype, rows, hidden)),
        bias ? Parameter.of("bias_ih" + suffix, uniform.create(random, dtype, rows)) : null,
        bias ? Parameter.of("bias_hh" + suffix, uniform.create(random, dtype, rows)) : null);
  }

  List<Parameter> parameters() {
    return inputBias == null || hiddenBias == null
        ? List.of(input, hidden)
        : List.of(input, hidden, inputBias, hiddenBias);
  }

  private int size() {
    return hidden.shape().dim(1);
  }

  /**
   * All steps, the first or the last one first.
   *
   * @param x [steps, in, n]
   * @param states before the first step, each [hidden, n]
   */
  Run run(Tensor x, List<Tensor> states, boolean backwards) {
    int steps = x.shape().dim(0);
    int gates = cell.gates();
    List<Tensor> fromInputs = gatesOfAllSteps(x);
    Tensor lateBias = lateBias(x.shape().dim(2));
    Tensor weight = hidden.tensor();
    @Nullable Tensor[] outputs = new Tensor[steps];
    List<Tensor> current = states;
    for (int s = 0; s < steps; s++) {
      int step = backwards ? steps - 1 - s : s;
      Tensor product = product(weight, current.getFirst());
      List<Tensor> fromHidden = gates == 1 ? List.of(product) : product.split(0, size());
      List<Tensor> fromInput = fromInputs.subList(step * gates, (step + 1) * gates);
      current = cell.step(fromInput, fromHidden, current, lateBias);
      outputs[step] = current.getFirst();
    }
    return new Run(List.of(outputs), current);
  }

  /** W x + b for every step and gate in turn, each [hidden, n], by one product. */
  private List<Tensor> gatesOfAllSteps(Tensor x) {
    int steps = x.shape().dim(0);
    int n = x.shape().dim(2);
    int rows = input.shape().dim(0);
    Tensor columns = x.permute(0, 2, 1).reshape(steps * n, x.shape().dim(1)).transpose();
    Tensor products = product(input.tensor(), columns);
    if (inputBias != null && hiddenBias != null) {
      products = products.add(earlyBias(inputBias, hiddenBias).unsqueeze(1));
    }
    Tensor byStep = products.reshape(rows, steps, n).permute(1, 0, 2);
    return byStep.reshape(steps * rows, n).split(0, size());
  }

  /** A weight times columns. A single one is multiplied as a row, in the order of every product. */
  private static Tensor product(Tensor weight, Tensor columns) {
    return columns.shape().dim(1) == 1
        ? columns.transpose().matmul(weight.transpose()).transpose()
        : weight.matmul(columns);
  }

  /** What is added once for all steps. */
  private Tensor earlyBias(Parameter ofInput, Parameter ofHidden) {
    if (!cell.hasLateBias()) {
      return ofInput.tensor().add(ofHidden.tensor());
    }
    double[] added = new double[ofInput.size()];
    Arrays.fill(added, 0, added.length - size(), 1);
    Tensor mask = Tensor.ofDoubles(ofInput.dtype(), Shape.of(added.length), added);
    return ofHidden.tensor().fma(mask, ofInput.tensor());
  }

  /** The late bias repeated for a batch, so that no step has to sum its gradient. */
  private @Nullable Tensor lateBias(int n) {
    if (hiddenBias == null || !cell.hasLateBias()) {
      return null;
    }
    int rows = hiddenBias.size();
    Tensor last = hiddenBias.tensor().slice(0, rows - size(), rows);
    return last.unsqueeze(1).expand(Shape.of(size(), n));
  }

  /** Steps of several directions joined: [steps, directions hidden, n]. */
  static Tensor join(List<Run> directions) {
    int steps = directions.getFirst().outputs.size();
    List<Tensor> rows = new ArrayList<>();
    for (int s = 0; s < steps; s++) {
      for (Run direction : directions) {
        rows.add(direction.outputs.get(s));
      }
    }
    Shape one = rows.getFirst().shape();
    return Tensor.concat(0, rows).reshape(steps, directions.size() * one.dim(0), one.dim(1));
  }
}
