package dev.lanegrad.optim;

import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;

/** What {@link Adam}, {@link AdamW} and their relatives have in common. */
final class AdamSteps {
  static final List<String> SETTINGS =
      List.of(
          Settings.RATE, Settings.BETA1, Settings.BETA2, Settings.EPSILON, Settings.WEIGHT_DECAY);
  static final List<String> STATES_OF_AMSGRAD =
      List.of("firstMoment", "secondMoment", "largestSecondMoment");

  private AdamSteps() {}

  static void check(
      String rule,
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay) {
    Ranges.atLeastZero(rule, "learning rate", learningRate);
    Ranges.fraction(rule, "beta1", beta1);
    Ranges.fraction(rule, "beta2", beta2);
    Ranges.atLeastZero(rule, "epsilon", epsilon);
    Ranges.atLeastZero(rule, "weight decay", weightDecay);
  }

  static double[] numbers(
      double learningRate, double beta1, double beta2, double weightDecay, long step) {
    return new double[] {
      learningRate / Moments.bias(beta1, step),
      1 / Math.sqrt(Moments.bias(beta2, step)),
      beta1,
      1 - beta1,
      1 - learningRate * weightDecay
    };
  }

  static List<Formula> step(
      ElementwiseRule.Terms old,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean amsgrad,
      boolean decoupled) {
    List<Formula> numbers = old.numbers();
    Formula g = Moments.decayed(old, decoupled ? 0 : weightDecay);
    Moments moments = Moments.next(old, g, numbers.get(2), numbers.get(3), beta2);
    Formula shrunk = Moments.shrunk(old, decoupled ? weightDecay : 0, numbers.get(4));
    if (!amsgrad) {
      Formula direction = moments.direction(numbers.get(1), epsilon);
      Formula next = shrunk.sub(direction.mul(numbers.getFirst()));
      return List.of(next, moments.first(), moments.second());
    }
    Formula largest = old.states().get(2).maximum(moments.second());
    Formula direction = new Moments(moments.first(), largest).direction(numbers.get(1), epsilon);
    Formula next = shrunk.sub(direction.mul(numbers.getFirst()));
    return List.of(next, moments.first(), moments.second(), largest);
  }
}
