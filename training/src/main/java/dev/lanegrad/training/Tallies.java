package dev.lanegrad.training;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Stateful;
import dev.lanegrad.training.metric.Metric;
import dev.lanegrad.training.metric.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The loss and the metrics of some batches, exact over all their examples. */
final class Tallies implements Stateful {
  static final String LOSS = "loss";

  private final SequencedMap<String, Tally> tallies = new LinkedHashMap<>();
  private double sum;
  private double examples;
  private double compared;

  Tallies(List<Metric> metrics) {
    metrics.forEach(metric -> tallies.put(metric.name(), metric.start()));
  }

  /** Counts a loss that stands for itself. */
  void add(double loss) {
    sum += loss;
    examples++;
  }

  /** Whether nothing has been counted. */
  boolean isEmpty() {
    return examples == 0;
  }

  /** Counts a batch; for metrics only where its loss is finite, since they compare numbers. */
  void add(Outcome outcome, double loss) {
    sum += loss * outcome.examples();
    examples += outcome.examples();
    if (tallies.isEmpty() || !Double.isFinite(loss)) {
      return;
    }
    Tensor output = outcome.output();
    Tensor target = outcome.target();
    if (output == null || target == null) {
      throw new IllegalArgumentException(
          "trainer: metrics %s compare an output with a target, and the step gives only a loss: "
                  .formatted(tallies.keySet())
              + "use Trainer.supervised, or Trainer.of with Outcome.of(loss, output, target)");
    }
    tallies.values().forEach(tally -> tally.add(output, target));
    compared += outcome.examples();
  }

  double loss() {
    return sum / examples;
  }

  /** Loss and metrics with something before their names; no metric that has seen nothing. */
  SequencedMap<String, Double> values(String prefix) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put(prefix + LOSS, loss());
    if (compared > 0) {
      tallies.forEach((name, tally) -> values.put(prefix + name, tally.value()));
    }
    return values;
  }

  Evaluation evaluation() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    SequencedMap<String, Tensor> details = new LinkedHashMap<>();
    tallies.forEach(
        (name, tally) -> {
          values.put(name, tally.value());
          details.put(name, tally.details());
        });
    return new Evaluation(loss(), values, details);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(LOSS, Tensor.of(sum, examples, compared));
    tallies.forEach((name, tally) -> Names.put(state, "metrics." + name, tally.stateDict()));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    Tensor loss = state.get(LOSS);
    if (loss == null || loss.size() != 3 || loss.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException("trainer: the state has no sum of losses");
    }
    sum = loss.toDoubleArray()[0];
    examples = loss.toDoubleArray()[1];
    compared = loss.toDoubleArray()[2];
    tallies.forEach((name, tally) -> tally.loadStateDict(Names.under(state, "metrics." + name)));
  }
}
