package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.optim.Newton;
import dev.lanegrad.plots.Region;
import dev.lanegrad.training.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What optimizers race down: functions of two numbers (a, b), whose paths can be drawn. */
enum RaceProblem {
  /**
   * (1 - a)^2 + 100 (b - a^2)^2, a bent valley to (1, 1).
   *
   * <p>Source: Rosenbrock, "An automatic method for finding the greatest or least value of a
   * function", 1960.
   */
  ROSENBROCK("Rosenbrock", -1.2, 1, new Region(-1.8, 1.8, -0.8, 2.2)) {
    private final Elementwise formula =
        Elementwise.of(
            (a, b) -> {
              var miss = b.sub(a.mul(a));
              var way = a.neg().add(1);
              return way.mul(way).add(miss.mul(miss).mul(100));
            });

    @Override
    Tensor loss(Tensor p) {
      return of(formula, p);
    }
  },

  /**
   * (1.5 - a + a b)^2 + (2.25 - a + a b^2)^2 + (2.625 - a + a b^3)^2, flat but for steep corners;
   * to (3, 0.5).
   *
   * <p>Source: Beale, "On an iterative method for finding a local minimum of a function of more
   * than one variable", 1958.
   */
  BEALE("Beale", 1.93, 0.07, new Region(0.5, 4.5, -1.2, 1.2)) {
    private final Elementwise formula =
        Elementwise.of(
            (a, b) -> {
              var first = a.mul(b).sub(a).add(1.5);
              var second = a.mul(b).mul(b).sub(a).add(2.25);
              var third = a.mul(b).mul(b).mul(b).sub(a).add(2.625);
              return first.mul(first).add(second.mul(second)).add(third.mul(third));
            });

    @Override
    Tensor loss(Tensor p) {
      return of(formula, p);
    }
  },

  /** ((a + b)^2 + 100 (a - b)^2) / 4, of curvatures 1 and 100 across the axes; to (0, 0). */
  QUADRATIC("quadratic", 2.9, 1.3, new Region(-2.5, 3.5, -2, 3)) {
    private final Elementwise formula =
        Elementwise.of(
            (a, b) -> {
              var along = a.add(b);
              var across = a.sub(b);
              return along.mul(along).add(across.mul(across).mul(100)).div(4);
            });

    @Override
    Tensor loss(Tensor p) {
      return of(formula, p);
    }
  },

  /** Cross entropy of two classes that overlap, of which one feature is large; 200 examples. */
  LOGISTIC("logistic", -0.5, 0.5, new Region(-1, 4, -0.5, 1)) {
    // The product with p shall be large: an example of class 1, or the negative of one of class -1.
    private final Tensor examples = examples();

    @Override
    Tensor loss(Tensor p) {
      return examples.matmul(p.transpose()).neg().softplus().mean();
    }

    private static Tensor examples() {
      RandomGenerator random = Seeds.generator(1);
      Tensor spread = Tensor.normal(random, DType.FLOAT64, 200, 2);
      return spread.add(Tensor.of(1.0, 0.5)).mul(Tensor.of(1.0, 4.0));
    }

    @Override
    double lowest() {
      return LowestLogistic.VALUE;
    }
  };

  /** Found once, by Newton's method until it stands still. */
  private static final class LowestLogistic {
    private static final int MORE_THAN_ENOUGH = 30;

    static final double VALUE = find();

    private static double find() {
      Parameter p = Parameter.of("p", Tensor.zeros(DType.FLOAT64, 1, 2));
      Newton newton = new Newton(List.of(p));
      double loss = 0;
      for (int i = 0; i < MORE_THAN_ENOUGH; i++) {
        loss = newton.step(() -> LOGISTIC.loss(p.tensor()));
      }
      return loss;
    }
  }

  private final String title;
  private final double startA;
  private final double startB;
  private final Region region;

  RaceProblem(String title, double startA, double startB, Region region) {
    this.title = title;
    this.startA = startA;
    this.startB = startB;
    this.region = region;
  }

  private static Tensor of(Elementwise formula, Tensor p) {
    return formula.applyTo(p.select(1, 0), p.select(1, 1)).sum();
  }

  /** The function: [1, 2] to a scalar. */
  abstract Tensor loss(Tensor p);

  /** Its smallest value. */
  double lowest() {
    return 0;
  }

  String title() {
    return title;
  }

  Region region() {
    return region;
  }

  /** Where all start. */
  Parameter start() {
    return Parameter.of("p", Tensor.of(new double[][] {{startA, startB}}));
  }

  double value(double a, double b) {
    return Autodiff.withoutGradient(() -> loss(Tensor.of(new double[][] {{a, b}}))).item();
  }

  /** The value that lies no more than a part of the way above the lowest. */
  double goal(double accuracy) {
    return lowest() + accuracy * (value(startA, startB) - lowest());
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
