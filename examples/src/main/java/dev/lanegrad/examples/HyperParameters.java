package dev.lanegrad.examples;

import dev.lanegrad.training.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What no gradient tells.
 *
 * @param hidden units between input and output
 * @param learningRate of AdamW
 * @param weightDecay of AdamW
 */
record HyperParameters(int hidden, double learningRate, double weightDecay) {
  private static final List<Integer> HIDDEN = List.of(10, 50, 250);
  private static final List<Double> LEARNING_RATES = List.of(0.001, 0.01, 0.1);
  private static final List<Double> WEIGHT_DECAYS = List.of(0.0, 0.1, 1.0);

  private static final MathContext DIGITS = new MathContext(2);

  /** All combinations of three values each. */
  static List<HyperParameters> grid() {
    List<HyperParameters> all = new ArrayList<>();
    for (int hidden : HIDDEN) {
      for (double learningRate : LEARNING_RATES) {
        WEIGHT_DECAYS.forEach(d -> all.add(new HyperParameters(hidden, learningRate, d)));
      }
    }
    return List.copyOf(all);
  }

  /**
   * So many choices, each on its own of equal chance on a logarithmic scale: what matters little
   * then takes no trials from what matters much.
   *
   * <p>Source: Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012.
   */
  static List<HyperParameters> random(int count, long seed) {
    return IntStream.range(0, count).mapToObj(i -> random(Seeds.generator(seed, i))).toList();
  }

  private static HyperParameters random(RandomGenerator random) {
    return new HyperParameters(
        (int) Math.round(between(10, 250, random)),
        between(0.0005, 0.1, random),
        between(0.001, 1, random));
  }

  /** Two digits, which are shown as they are used. */
  private static double between(double least, double most, RandomGenerator random) {
    double value = least * StrictMath.pow(most / least, random.nextDouble());
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
