package dev.lanegrad.optim.schedule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One cycle: the rate rises from maxRate / divFactor to maxRate and falls to maxRate / divFactor /
 * finalDivFactor, while the momentum, or beta1, falls and rises. In three phases the fall takes as
 * long as the rise and ends at maxRate / divFactor, and what is left goes on from there. The
 * optimizer's own learning rate does not count.
 *
 * <p>Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large
 * learning rates", 2017, <a href="https://arxiv.org/abs/1708.07120">arXiv:1708.07120</a>, as
 * PyTorch computes it.
 *
 * @param maxRate at least 0
 * @param totalSteps at least 1; later steps are refused
 * @param partUp the part of the steps in which the rate rises (PyTorch's pct_start), from 0 to 1
 * @param anneal how numbers change
 * @param momentum between what the momentum moves; null if it does not
 * @param divFactor above 0
 * @param finalDivFactor above 0
 * @param threePhase whether there are three phases, or two
 */
public record OneCycleLR(
    double maxRate,
    long totalSteps,
    double partUp,
    Anneal anneal,
    @Nullable MomentumRange momentum,
    double divFactor,
    double finalDivFactor,
    boolean threePhase)
    implements Schedule {
  private static final MomentumRange USUAL = new MomentumRange(0.85, 0.95);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public OneCycleLR {
    Checks.rate("OneCycleLR", "max rate", maxRate);
    Checks.positive("OneCycleLR", "total steps", totalSteps);
    Checks.fraction("OneCycleLR", "part up", partUp);
    Objects.requireNonNull(anneal, "OneCycleLR: anneal is null");
    Checks.require(divFactor > 0, "OneCycleLR", "div factor", "above 0", divFactor);
    Checks.require(finalDivFactor > 0, "OneCycleLR", "final div factor", "above 0", finalDivFactor);
  }

  /** PyTorch's defaults: 30 % up, cosines, momentum from 0.95 to 0.85 and back, 25 and 10,000. */
  public OneCycleLR(double maxRate, long totalSteps) {
    this(maxRate, totalSteps, 0.3, Anneal.COS, USUAL, 25, 1e4, false);
  }

  /** As many steps as so many epochs have. */
  public OneCycleLR(double maxRate, long epochs, long stepsPerEpoch) {
    this(maxRate, Math.multiplyExact(epochs, stepsPerEpoch));
  }

  /**
   * This schedule with another {@code partUp}. PyTorch: {@code pct_start}.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public OneCycleLR withPartUp(double value) {
    return new OneCycleLR(
        maxRate, totalSteps, value, anneal, momentum, divFactor, finalDivFactor, threePhase);
  }

  /** This schedule with another {@code anneal}. PyTorch: {@code anneal_strategy}. */
  public OneCycleLR withAnneal(Anneal anneal) {
    return new OneCycleLR(
        maxRate, totalSteps, partUp, anneal, momentum, divFactor, finalDivFactor, threePhase);
  }

  /** Whether the momentum moves too, from 0.95 to 0.85 and back. */
  public OneCycleLR withCycleMomentum(boolean value) {
    MomentumRange range = value ? USUAL : null;
    return new OneCycleLR(
        maxRate, totalSteps, partUp, anneal, range, divFactor, finalDivFactor, threePhase);
  }

  /**
   * This schedule with another range of the {@code momentum}. PyTorch: {@code base_momentum} and
   * {@code max_momentum}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public OneCycleLR withMomentum(double base, double max) {
    MomentumRange range = new MomentumRange(base, max);
    return new OneCycleLR(
        maxRate, totalSteps, partUp, anneal, range, divFactor, finalDivFactor, threePhase);
  }

  /**
   * This schedule with other {@code divFactor} and {@code finalDivFactor}. PyTorch: {@code
   * div_factor} and {@code final_div_factor}.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public OneCycleLR withDivFactors(double first, double last) {
    return new OneCycleLR(maxRate, totalSteps, partUp, anneal, momentum, first, last, threePhase);
  }

  /**
   * This schedule with or without a phase of its own for the way below the first rate: {@code
   * threePhase}. PyTorch: {@code three_phase}.
   */
  public OneCycleLR withThreePhase(boolean value) {
    return new OneCycleLR(
        maxRate, totalSteps, partUp, anneal, momentum, divFactor, finalDivFactor, value);
  }

  /**
   * Rate and momentum in a step.
   *
   * @throws IllegalArgumentException if the step lies behind {@code totalSteps}, or there is no
   *     momentum to cycle
   */
  @Override
  public SequencedMap<String, Double> at(long step, SequencedMap<String, Double> start) {
    Checks.start("OneCycleLR", start);
    if (Checks.step(step) > totalSteps) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "OneCycleLR: step %d lies behind the total of %d steps",
              step,
              totalSteps));
    }
    MomentumRange range = momentum == null ? USUAL : momentum;
    Place low = new Place(maxRate / divFactor, range.max());
    Place top = new Place(maxRate, range.base());
    Place last = new Place(low.rate / finalDivFactor, range.max());
    double peak = partUp * totalSteps - 1;
    double end = (double) totalSteps - 1;
    double valley = 2 * partUp * totalSteps - 2;
    if (step <= peak) {
      return between(low, top, step / peak, start);
    }
    if (!threePhase) {
      return between(top, last, (step - peak) / (end - peak), start);
    }
    if (step <= valley) {
      return between(top, low, (step - peak) / (valley - peak), start);
    }
    return between(low, last, (step - valley) / (end - valley), start);
  }

  /** Where a phase begins or ends. */
  private record Place(double rate, double momentum) {}

  private SequencedMap<String, Double> between(
      Place from, Place to, double part, SequencedMap<String, Double> start) {
    double reached = Double.isFinite(part) ? part : 1;
    SequencedMap<String, Double> settings = new LinkedHashMap<>();
    settings.put("learningRate", anneal.between(from.rate, to.rate, reached));
    if (momentum != null) {
      settings.put(
          MomentumRange.name("OneCycleLR", start),
          anneal.between(from.momentum, to.momentum, reached));
    }
    return settings;
  }
}
