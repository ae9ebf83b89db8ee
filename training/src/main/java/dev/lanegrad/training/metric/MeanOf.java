package dev.lanegrad.training.metric;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;

/**
 * The mean over all examples of a function that is a mean over a batch, such as a loss: {@code new
 * MeanOf("hinge", Losses::hinge)}.
 *
 * @param name what it is called
 * @param function of output and target, with a scalar result
 */
public record MeanOf(String name, BinaryOperator<Tensor> function) implements Metric {
  /** Checks that there is a name and a function. */
  public MeanOf {
    Objects.requireNonNull(name, "meanOf: name is null");
    Objects.requireNonNull(function, "meanOf: function is null");
  }

  @Override
  public boolean isBetterLarger() {
    return false;
  }

  @Override
  public Tally start() {
    return new Sum();
  }

  private final class Sum implements Tally {
    private double sum;
    private double examples;

    @Override
    public void add(Tensor output, Tensor target) {
      int count = target.rank() == 0 ? 1 : target.shape().dim(0);
      if (count > 0) {
        sum +=
            count * Autodiff.withoutGradient(() -> function.apply(output.detach(), target)).item();
        examples += count;
      }
    }

    @Override
    public double value() {
      return sum / examples;
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      return Numbers.of(sum, examples);
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      double[] seen = Numbers.from(name, state);
      sum = seen[0];
      examples = seen[1];
    }
  }
}
