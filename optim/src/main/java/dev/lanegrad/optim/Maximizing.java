package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.SequencedMap;

/** Rules that go up: those that go down, along the negative of the gradient. */
final class Maximizing {
  private Maximizing() {}

  record Elements(ElementwiseRule rule) implements ElementwiseRule {
    @Override
    public SequencedMap<String, Double> settings() {
      return rule.settings();
    }

    @Override
    public Elements with(String setting, double value) {
      return new Elements(rule.with(setting, value));
    }

    @Override
    public SequencedMap<String, Double> memory() {
      return rule.memory();
    }

    @Override
    public double[] numbers(long step, double[] memory) {
      return rule.numbers(step, memory);
    }

    @Override
    public List<String> states() {
      return rule.states();
    }

    @Override
    public double initial(String state) {
      return rule.initial(state);
    }

    @Override
    public List<Formula> step(ElementwiseRule.Terms old) {
      return rule.step(
          new ElementwiseRule.Terms(
              old.parameter(), old.gradient().neg(), old.states(), old.numbers()));
    }

    @Override
    public ElementwiseRule maximize() {
      return rule;
    }

    @Override
    public String toString() {
      return rule + ".maximize()";
    }
  }

  record Tensors(TensorRule rule) implements TensorRule {
    @Override
    public SequencedMap<String, Double> settings() {
      return rule.settings();
    }

    @Override
    public Tensors with(String setting, double value) {
      return new Tensors(rule.with(setting, value));
    }

    @Override
    public SequencedMap<String, Double> memory() {
      return rule.memory();
    }

    @Override
    public double[] numbers(long step, double[] memory) {
      return rule.numbers(step, memory);
    }

    @Override
    public SequencedMap<String, Tensor> states(Tensor parameter) {
      return rule.states(parameter);
    }

    @Override
    public List<Tensor> step(TensorRule.Terms old) {
      return rule.step(
          new TensorRule.Terms(old.parameter(), old.gradient().neg(), old.states(), old.numbers()));
    }

    @Override
    public TensorRule maximize() {
      return rule;
    }

    @Override
    public String toString() {
      return rule + ".maximize()";
    }
  }
}
