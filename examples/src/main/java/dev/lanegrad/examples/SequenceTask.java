package dev.lanegrad.examples;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.Batch;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What to make of a sequence of digits; no position can know its answer without the others. */
enum SequenceTask {
  /** The same digits in rising order. */
  SORT {
    @Override
    int[] answer(int[] digits) {
      return Arrays.stream(digits).sorted().toArray();
    }
  },

  /** The same digits from last to first. */
  REVERSE {
    @Override
    int[] answer(int[] digits) {
      int last = digits.length - 1;
      return IntStream.rangeClosed(0, last).map(i -> digits[last - i]).toArray();
    }
  };

  /** Different digits. */
  static final int WORDS = 10;

  /** The answer for one sequence. */
  abstract int[] answer(int[] digits);

  /** Sequences of uniform digits and their answers, both int32 of shape [n, length]. */
  Batch batch(int n, int length, RandomGenerator random) {
    int[] x = random.ints((long) n * length, 0, WORDS).toArray();
    int[] y =
        IntStream.range(0, n)
            .mapToObj(i -> answer(Arrays.copyOfRange(x, i * length, (i + 1) * length)))
            .flatMapToInt(Arrays::stream)
            .toArray();
    Shape shape = Shape.of(n, length);
    return new Batch(Tensor.ofInts(shape, x), Tensor.ofInts(shape, y));
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
