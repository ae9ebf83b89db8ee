package dev.lanegrad.layers;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one recurrent layer, on sequences [steps, n, features].
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
  record Run(Tensor outputs, List<Tensor> last) {}

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
   * @param x [steps, n, in]
   * @param states before the first step, each [n, hidden]
   */
  Run run(Tensor x, List<Tensor> states, boolean backwards) {
    int steps = x.shape().dim(0);
    int n = x.shape().dim(1);
    Tensor rows = x.reshape(steps * n, x.shape().dim(2));
    Tensor gates = MatMul.linear(rows, input.tensor(), null, Formula.input(0));
    if (inputBias != null && hiddenBias != null) {
      gates = gates.add(repeated(earlyBias(inputBias, hiddenBias), steps * n));
    }
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(gates.reshape(steps, n, input.shape().dim(0)));
    inputs.add(hidden.tensor());
    inputs.addAll(states);
    boolean isLate = false;
    if (hiddenBias != null && cell.hasLateBias()) {
      isLate = true;
      inputs.add(lateBias(hiddenBias, n));
    }
    List<Tensor> results = cell.recurrence(isLate, backwards).states(inputs);
    int last = backwards ? 0 : steps - 1;
    return new Run(
        results.getFirst(),
        results.stream().map(state -> state.select(0, last)).toList());
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

  /** What is added at each step, because another gate multiplies it. */
  private Tensor lateBias(Parameter bias, int n) {
    int rows = bias.size();
    return repeated(bias.tensor().slice(0, rows - size(), rows), n);
  }

  /**
   * A bias in each of so many rows. Its gradient is the sum of a column as of a line, in 64 lanes,
   * not in one chain.
   */
  private static Tensor repeated(Tensor bias, int rows) {
    return bias.unsqueeze(1).expand(Shape.of(bias.size(), rows)).transpose();
  }

  /** Outputs of several directions joined: [steps, n, directions hidden]. */
  static Tensor join(List<Run> directions) {
    return directions.size() == 1
        ? directions.getFirst().outputs
        : Tensor.concat(2, directions.stream().map(Run::outputs).toList());
  }
}
