package dev.lanegrad.autodiff.formula;

import dev.lanegrad.autodiff.internal.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where a function's property tests sample one argument: an interval, and points inside it that are
 * kept at a distance because the derivative jumps there.
 *
 * @param low the smallest value sampled
 * @param high the largest value sampled
 * @param kinks points that samples keep a distance of {@link #MARGIN} from
 */
public record Domain(double low, double high, List<Double> kinks) {
  /** How far samples stay away from a kink: far more than a finite difference reaches. */
  public static final double MARGIN = 0.01;

  /** A middling range for functions that are smooth everywhere. */
  public static final Domain ANY = between(-4, 4);

  /** For logarithms, roots and divisors. */
  public static final Domain POSITIVE = between(0.05, 6);

  /** For the inverses of sine, cosine and tanh. */
  public static final Domain INSIDE_ONE = between(-0.9, 0.9);

  /** Where floor and ceil jump, inside {@link #ANY}. */
  static final double[] INTEGERS = {-4, -3, -2, -1, 0, 1, 2, 3, 4};

  /** Where round jumps, inside {@link #ANY}. */
  static final double[] HALVES = {-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5};

  /**
   * An interval without some points.
   *
   * @throws IllegalArgumentException unless {@code low < high}
   */
  public Domain {
    kinks = List.copyOf(Present.all("domain", "kinks", kinks));
    if (!(low < high)) {
      throw new IllegalArgumentException("empty domain [" + low + ", " + high + "]");
    }
  }

  /**
   * All numbers of an interval.
   *
   * @throws IllegalArgumentException unless {@code low < high}
   */
  public static Domain between(double low, double high) {
    return new Domain(low, high, List.of());
  }

  /** This domain with samples kept away from some points. */
  public Domain awayFrom(double... points) {
    List<Double> away = new ArrayList<>();
    for (double point : Present.of("awayFrom", "points", points)) {
      away.add(point);
    }
    return new Domain(low, high, away);
  }

  /** Whether a value lies inside and far enough from every kink. */
  public boolean contains(double x) {
    return low <= x && x <= high && kinks.stream().allMatch(k -> Math.abs(x - k) >= MARGIN);
  }

  /** A uniform sample. */
  public double sample(RandomGenerator random) {
    double x = random.nextDouble(low, high);
    while (!contains(x)) {
      x = random.nextDouble(low, high);
    }
    return x;
  }
}
