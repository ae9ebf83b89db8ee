package dev.lanegrad.examples.lectures.descent;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.training.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;

/** One hundred made-up students: who studies longer is more likely to pass. */
final class StudyHours {
  private static final int STUDENTS = 100;
  private static final double MOST_HOURS = 6;

  private StudyHours() {}

  /** Of the two weights of a logistic regression, that of the hours and the bias. */
  static Cost cost() {
    RandomGenerator random = Seeds.generator(1);
    Tensor hours = Tensor.uniform(random, DType.FLOAT64, 0, MOST_HOURS, STUDENTS);
    Tensor chance = hours.mul(1.5).sub(3).sigmoid();
    Tensor drawn = Tensor.uniform(random, DType.FLOAT64, 0, 1, STUDENTS);
    Tensor ones = Tensor.ones(DType.FLOAT64, STUDENTS);
    Tensor passes = drawn.less(chance).where(ones, ones.mul(0));
    Tensor x = Tensor.stack(1, List.of(hours, ones));
    return w -> Losses.binaryCrossEntropyWithLogits(x.matmul(w), passes);
  }
}
