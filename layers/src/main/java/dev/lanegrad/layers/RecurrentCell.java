package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recurrent layer as one formula for all gates. Its inputs are, gate by gate, what
 * comes from the step's input, then what comes from h; then the state that the gates mix with a new
 * one, and a late bias.
 *
 * <p>Most biases are added to what comes from the inputs, once for all steps. A late bias is that
 * of the last gate's part from h where another gate multiplies this part first.
 *
 * <p>The gates are results too, after the new state, so that the reverse pass need not compute them
 * again.
 */
enum RecurrentCell {
  RNN_TANH(1, 1, Elementwise.of(sum(1, 0).tanh())),
  RNN_RELU(1, 1, Elementwise.of(sum(1, 0).relu())),
  LSTM(4, 2, lstm()),
  GRU(3, 1, gru(Formula.input(5)), gru(Formula.input(5).add(Formula.input(7))));

  private final int gates;
  private final int states;
  private final Elementwise formula;
  private final @Nullable Elementwise lateBiased;

  RecurrentCell(int gates, int states, Elementwise formula) {
    this(gates, states, formula, null);
  }

  RecurrentCell(int gates, int states, Elementwise formula, @Nullable Elementwise lateBiased) {
    this.gates = gates;
    this.states = states;
    this.formula = formula;
    this.lateBiased = lateBiased;
  }

  private static Formula sum(int gates, int gate) {
    return Formula.input(gate).add(Formula.input(gates + gate));
  }

  /** Gates i, f, g, o; the state is c. */
  private static Elementwise lstm() {
    Formula input = sum(4, 0).sigmoid();
    Formula forget = sum(4, 1).sigmoid();
    Formula candidate = sum(4, 2).tanh();
    Formula output = sum(4, 3).sigmoid();
    Formula cell = forget.mul(Formula.input(8)).add(input.mul(candidate));
    Formula squashed = cell.tanh();
    return Elementwise.of(output.mul(squashed), cell, input, forget, candidate, output, squashed);
  }

  /** Gates r, z, n; the state is h. */
  private static Elementwise gru(Formula hiddenOfN) {
    Formula reset = sum(3, 0).sigmoid();
    Formula update = sum(3, 1).sigmoid();
    Formula candidate = Formula.input(2).add(reset.mul(hiddenOfN)).tanh();
    Formula state = Formula.input(6);
    return Elementwise.of(
        Formula.ONE.sub(update).mul(candidate).add(update.mul(state)), reset, update, candidate);
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
    return lateBiased != null;
  }

  /**
   * The states after a step.
   *
   * @param fromInput what the step's input adds to each gate
   * @param fromHidden what h adds to each gate
   * @param states before it
   * @param lateBias null for none
   */
  List<Tensor> step(
      List<Tensor> fromInput,
      List<Tensor> fromHidden,
      List<Tensor> states,
      @Nullable Tensor lateBias) {
    List<Tensor> inputs = new ArrayList<>(fromInput);
    inputs.addAll(fromHidden);
    if (gates > 1) {
      inputs.add(states.getLast());
    }
    if (lateBias == null || lateBiased == null) {
      return formula.apply(inputs).subList(0, this.states);
    }
    inputs.add(lateBias);
    return lateBiased.apply(inputs).subList(0, this.states);
  }
}
