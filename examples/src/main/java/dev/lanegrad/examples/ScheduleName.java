package dev.lanegrad.examples;

import dev.lanegrad.optim.schedule.CosineAnnealingLR;
import dev.lanegrad.optim.schedule.ExponentialLR;
import dev.lanegrad.optim.schedule.LambdaLR;
import dev.lanegrad.optim.schedule.OneCycleLR;
import dev.lanegrad.optim.schedule.PolynomialLR;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.optim.schedule.StepLR;
import java.util.Locale;

/** What {@code --schedule} may be, each over all updates of a training. */
enum ScheduleName {
  /** The rate stays as it is. */
  CONSTANT {
    @Override
    Schedule over(long steps, double learningRate) {
      return new LambdaLR(_ -> 1);
    }
  },

  /** To 0 in a straight line. */
  LINEAR {
    @Override
    Schedule over(long steps, double learningRate) {
      return new PolynomialLR(steps, 1);
    }
  },

  /** To 0 along half a cosine. */
  COSINE {
    @Override
    Schedule over(long steps, double learningRate) {
      return new CosineAnnealingLR(steps);
    }
  },

  /** A tenth after each third. */
  STEP {
    @Override
    Schedule over(long steps, double learningRate) {
      return new StepLR(Math.ceilDiv(steps, 3));
    }
  },

  /** By one factor in each update, to a hundredth. */
  EXPONENTIAL {
    @Override
    Schedule over(long steps, double learningRate) {
      return new ExponentialLR(Math.pow(0.01, 1.0 / steps));
    }
  },

  /** Up from a twenty-fifth, then down to next to nothing, while momentum does the contrary. */
  ONE_CYCLE {
    @Override
    Schedule over(long steps, double learningRate) {
      return new OneCycleLR(learningRate, steps);
    }
  };

  /**
   * The schedule of a training.
   *
   * @param steps updates that it has
   * @param learningRate at its height
   */
  abstract Schedule over(long steps, double learningRate);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
