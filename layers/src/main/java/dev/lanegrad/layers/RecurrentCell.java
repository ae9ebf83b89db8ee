package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.Recurrence;
import java.util.List;
import java.util.stream.Stream;

/**
 * One step of a recurrent layer as formulas for all gates, see {@link Recurrence}. Their inputs
 * are, gate by gate, what comes from the step's input, then what comes from h; then the states
 * before the step, and a late bias.
 *
 * <p>Most biases are added to what comes from the inputs, once for all steps. A late bias is that
 * of the last gate's part from h where another gate multiplies this part first.
 *
 * <p>The gates and their arguments, which slopes are computed from, are results too, after the new
 * states, so that the reverse pass need not compute them again.
 */
enum RecurrentCell {
  RNN_TANH(1, 1, List.of(sum(1, 0).tanh(), sum(1, 0))),
  RNN_RELU(1, 1, List.of(sum(1, 0).relu())),
  LSTM(4, 2, lstm()),
  GRU(3, 1, gru(Formula.input(5)), gru(Formula.input(5).add(Formula.input(7))));

  private final int gates;
  private final int states;
  private final List<Formula> formulas;
  private final List<Formula> lateBiased;

  RecurrentCell(int gates, int states, List<Formula> formulas) {
    this(gates, states, formulas, formulas);
  }

  RecurrentCell(int gates, int states, List<Formula> formulas, List<Formula> lateBiased) {
    this.gates = gates;
    this.states = states;
    this.formulas = formulas;
    this.lateBiased = lateBiased;
  }

  private static Formula sum(int gates, int gate) {
    return Formula.input(gate).add(Formula.input(gates + gate));
  }

  /** Gates i, f, g, o; the states are h and c. */
  private static List<Formula> lstm() {
    List<Formula> sums = List.of(sum(4, 0), sum(4, 1), sum(4, 2), sum(4, 3));
    Formula input = sums.get(0).sigmoid();
    Formula forget = sums.get(1).sigmoid();
    Formula candidate = sums.get(2).tanh();
    Formula output = sums.get(3).sigmoid();
    Formula cell = forget.mul(Formula.input(9)).add(input.mul(candidate));
    Formula squashed = cell.tanh();
    return followedBy(sums, output.mul(squashed), cell, input, forget, candidate, output, squashed);
  }

  /** Gates r, z, n; the state is h. */
  private static List<Formula> gru(Formula hiddenOfN) {
    List<Formula> sums = List.of(sum(3, 0), sum(3, 1));
    Formula reset = sums.get(0).sigmoid();
    Formula update = sums.get(1).sigmoid();
    Formula sum = Formula.input(2).add(reset.mul(hiddenOfN));
    Formula candidate = sum.tanh();
    Formula next = Formula.ONE.sub(update).mul(candidate).add(update.mul(Formula.input(6)));
    return followedBy(sums, next, reset, update, candidate, sum, hiddenOfN);
  }

  private static List<Formula> followedBy(List<Formula> last, Formula... first) {
    return Stream.concat(Stream.of(first), last.stream()).toList();
  }

  /** How many blocks of rows a weight has. */
  int gates() {
    return gates;
  }

  /** How many tensors go from step to step: h, or h and c. */
  int states() {
    return states;
  }

  boolean hasLateBias() {
    return !lateBiased.equals(formulas);
  }

  /** All steps, with a late bias or without. */
  Recurrence recurrence(boolean withLateBias, boolean backwards) {
    return new Recurrence(withLateBias ? lateBiased : formulas, gates, states, backwards);
  }
}
