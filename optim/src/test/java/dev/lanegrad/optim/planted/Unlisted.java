package dev.lanegrad.optim.planted;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.optim.ElementwiseRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A rule without a row in any table, which the catalogue has to miss. */
record Unlisted(double learningRate) implements ElementwiseRule {
  @Override
  public SequencedMap<String, Double> settings() {
    return new LinkedHashMap<>(Map.of("learningRate", learningRate));
  }

  @Override
  public Unlisted with(String setting, double value) {
    return new Unlisted(value);
  }

  @Override
  public double[] numbers(long step, double[] memory) {
    return new double[] {learningRate};
  }

  @Override
  public List<String> states() {
    return List.of();
  }

  @Override
  public List<Formula> step(Terms old) {
    return List.of(old.parameter().sub(old.gradient().mul(old.numbers().getFirst())));
  }
}
