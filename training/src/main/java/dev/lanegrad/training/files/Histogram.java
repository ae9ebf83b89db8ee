package dev.lanegrad.training.files;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How numbers are spread, as TensorBoard shows it: in buckets whose edges grow by a tenth each,
 * from 1e-12 in both directions, so that small and large numbers show alike.
 *
 * <p>Source: {@code HistogramProto} in summary.proto; edges and the empty bucket on the left are
 * those of torch/utils/tensorboard/writer.py and summary.py.
 *
 * @param min the smallest number
 * @param max the largest number
 * @param count how many numbers there are
 * @param sum their sum
 * @param sumOfSquares the sum of their squares
 * @param limits the right edges of the buckets; a number on an edge belongs to the next one
 * @param counts how many numbers are in each
 */
public record Histogram(
    double min,
    double max,
    double count,
    double sum,
    double sumOfSquares,
    List<Double> limits,
    List<Double> counts)
    implements Event.Shown {
  private static final double[] EDGES = edges();

  /** Takes copies of the lists. */
  public Histogram {
    limits = List.copyOf(limits);
    counts = List.copyOf(counts);
  }

  private static double[] edges() {
    double[] right = DoubleStream.iterate(1e-12, edge -> edge < 1e20, edge -> edge * 1.1).toArray();
    int n = right.length;
    double[] edges = new double[2 * n + 3];
    for (int i = 0; i < n; i++) {
      edges[n + 2 + i] = right[i];
      edges[n - i] = -right[i];
    }
    edges[0] = -Double.MAX_VALUE;
    edges[edges.length - 1] = Double.MAX_VALUE;
    return edges;
  }

  /** The histogram of all finite numbers; empty if there are none. */
  public static Optional<Histogram> of(double... numbers) {
    double[] finite =
        Arrays.stream(Objects.requireNonNull(numbers, "histogram: numbers is null"))
            .filter(Double::isFinite)
            .toArray();
    if (finite.length == 0) {
      return Optional.empty();
    }
    double[] counts = new double[EDGES.length - 1];
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int first = counts.length;
    int last = 0;
    for (double number : finite) {
      int bucket = bucket(number);
      counts[bucket]++;
      first = Math.min(first, bucket);
      last = Math.max(last, bucket);
      sum += number;
      squares += number * number;
      min = Math.min(min, number);
      max = Math.max(max, number);
    }
    // readers know right edges only: an empty bucket says where the first one begins
    double[] shown = new double[last - first + 2];
    System.arraycopy(counts, first, shown, 1, shown.length - 1);
    double[] limits = Arrays.copyOfRange(EDGES, first, last + 2);
    return Optional.of(
        new Histogram(min, max, finite.length, sum, squares, list(limits), list(shown)));
  }

  private static int bucket(double number) {
    int found = Arrays.binarySearch(EDGES, number + 0.0); // -0 is on the edge of 0
    int bucket = found >= 0 ? found : -found - 2;
    return Math.min(bucket, EDGES.length - 2);
  }

  private static List<Double> list(double... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  MessageWriter message() {
    return new MessageWriter()
        .number(1, min)
        .number(2, max)
        .number(3, count)
        .number(4, sum)
        .number(5, sumOfSquares)
        .numbers(6, array(limits))
        .numbers(7, array(counts));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static Histogram read(String label, ByteBuffer bytes) {
    MessageReader message = new MessageReader(label, bytes);
    double[] numbers = new double[6];
    double[] limits = {};
    double[] counts = {};
    while (message.next()) {
      switch (message.tag()) {
        case 0x09, 0x11, 0x19, 0x21, 0x29 -> numbers[message.tag() >>> 3] = message.float64();
        case 0x31, 0x32 -> limits = message.float64s(limits);
        case 0x39, 0x3a -> counts = message.float64s(counts);
        default -> {
          // skipped
        }
      }
    }
    if (limits.length != counts.length) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: a histogram has %d edges and %d counts",
              label,
              limits.length,
              counts.length));
    }
    return new Histogram(
        numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], list(limits), list(counts));
  }
}
