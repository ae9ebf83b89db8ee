package dev.lanegrad.optim;

/** How much the newest weights count in an average of all so far. */
@FunctionalInterface
public interface Averaging {
  /**
   * The part w of a = a + w (p - a).
   *
   * @param count how many weights are in the average, at least 1; the first are taken as they are
   */
  double weight(long count);

  /**
   * All weights count alike: w = 1 / (count + 1), stochastic weight averaging. PyTorch: {@code
   * AveragedModel}.
   *
   * <p>Source: Izmailov et al., "Averaging weights leads to wider optima and better
   * generalization", 2018, <a href="https://arxiv.org/abs/1803.05407">arXiv:1803.05407</a>.
   */
  static Averaging equal() {
    return count -> 1.0 / (count + 1);
  }

  /**
   * Older weights count less and less: w = 1 - decay. PyTorch: {@code get_ema_avg_fn}, whose
   * default is 0.999.
   *
   * @param decay from 0 to 1
   * @throws IllegalArgumentException if it is not
   */
  static Averaging exponential(double decay) {
    boolean inRange = decay >= 0 && decay <= 1;
    Ranges.check(inRange, "Averaging", "decay", "from 0 to 1", decay);
    return count -> 1 - decay;
  }
}
