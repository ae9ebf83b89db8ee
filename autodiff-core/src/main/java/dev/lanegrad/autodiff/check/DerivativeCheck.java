package dev.lanegrad.autodiff.check;

import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.Differences.Estimate;
import dev.lanegrad.autodiff.check.Differences.Sides;
import dev.lanegrad.autodiff.check.Mismatch.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Compares the derivatives of one function at one point with central differences. */
final class DerivativeCheck {
  /** The absolute tolerance is this part of the relative one. */
  private static final double FLOOR = 1e-3;

  /**
   * Rounding of the function's values may add so many tolerances; what hides more than that has
   * confirmed nothing.
   */
  private static final double BLURRED = 100;

  /** Entries of a Jacobian that is still computed without being asked for. */
  private static final long SMALL_JACOBIAN = 1_000_000;

  private final CheckedFunction function;
  private final List<Tensor> point;
  private final int order;
  private final double tolerance;
  private final RandomGenerator random;
  private final List<Tensor> outputs;
  private final double[][] values;
  private final List<Mismatch> mismatches = new ArrayList<>();
  private int comparisons;

  DerivativeCheck(
      CheckedFunction function,
      List<Tensor> point,
      int order,
      double tolerance,
      RandomGenerator random) {
    this.function = function;
    this.point = point;
    this.order = order;
    this.tolerance = tolerance;
    this.random = random;
    this.outputs = function.apply(point);
    this.values = CheckedFunction.arrays(outputs);
    if (!Arrays.deepEquals(values, CheckedFunction.arrays(function.apply(point)))) {
      throw new GradientException(
          "gradient check: the function gives another result when it is called again with the same"
              + " inputs; use a random generator of a fixed seed inside");
    }
  }

  /** Whether nothing differs for certain, but something is hidden by rounding. */
  boolean isInconclusive() {
    return Mismatch.areInconclusive(mismatches);
  }

  int comparisons() {
    return comparisons;
  }

  List<Mismatch> mismatches() {
    return mismatches;
  }

  /**
   * What differs, the worst first, in the numbering of the user.
   *
   * @param numbers the numbers of the inputs that are differentiated; after them come seeds
   */
  List<Mismatch> mismatches(List<Integer> numbers) {
    return mismatches.stream()
        .sorted(Comparator.comparingDouble(Mismatch::severity).reversed())
        .map(m -> m.renumbered(numbers))
        .toList();
  }

  /** One random direction of each input, the outputs projected on a random covector. */
  void direction() {
    List<Tensor> covectors = outputs.stream().map(t -> away(t.shape())).toList();
    double[][] weights = CheckedFunction.arrays(covectors);
    double[][] gradients = CheckedFunction.arrays(function.gradients(point, covectors));
    for (int i = 0; i < point.size(); i++) {
      double[] direction = away(point.get(i).shape()).toDoubleArray();
      double[] at = point.get(i).toDoubleArray();
      double slope = 0;
      double size = 0;
      for (int e = 0; e < direction.length; e++) {
        direction[e] *= Math.max(1, Math.abs(at[e]));
        slope += gradients[i][e] * direction[e];
        size += Math.abs(gradients[i][e] * direction[e]);
      }
      Differences differences = new Differences(function, point, values, i, direction);
      Projection projection = new Projection.Weighted(weights);
      double central = projection.of(differences.central(Differences.STEP));
      compare(differences, projection, central, slope, size, new Place(i, -1, 0, -1));
    }
  }

  /** Numbers of either sign that are not near 0, so that no element is left out. */
  private Tensor away(Shape shape) {
    double[] numbers = new double[shape.size()];
    Arrays.setAll(numbers, e -> random.nextDouble(0.5, 1.5) * (random.nextBoolean() ? 1 : -1));
    return Tensor.of(shape, numbers);
  }

  boolean isSmall() {
    long rows = outputs.stream().mapToLong(Tensor::size).sum();
    long columns = point.stream().mapToLong(Tensor::size).sum();
    return rows * columns <= SMALL_JACOBIAN;
  }

  /** Every derivative of every output element. */
  void jacobian() {
    double[][][][] rows = new double[outputs.size()][][][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = new double[outputs.get(k).size()][][];
      for (int j = 0; j < rows[k].length; j++) {
        rows[k][j] = CheckedFunction.arrays(function.gradients(point, unit(k, j)));
      }
    }
    for (int i = 0; i < point.size(); i++) {
      double[] at = point.get(i).toDoubleArray();
      for (int e = 0; e < at.length; e++) {
        double[] direction = new double[at.length];
        direction[e] = Math.max(1, Math.abs(at[e]));
        Differences differences = new Differences(function, point, values, i, direction);
        double[][] central = differences.central(Differences.STEP);
        for (int k = 0; k < rows.length; k++) {
          for (int j = 0; j < rows[k].length; j++) {
            double slope = rows[k][j][i][e] * direction[e];
            Place place = new Place(i, e, k, j);
            Projection entry = new Projection.Entry(k, j);
            compare(differences, entry, central[k][j], slope, Math.abs(slope), place);
          }
        }
      }
    }
  }

  private List<Tensor> unit(int output, int element) {
    List<Tensor> covectors = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      double[] numbers = new double[outputs.get(k).size()];
      if (k == output) {
        numbers[element] = 1;
      }
      covectors.add(Tensor.of(outputs.get(k).shape(), numbers));
    }
    return covectors;
  }

  /** Which derivative is compared; -1 stands for a direction or a projection. */
  private record Place(int input, int element, int output, int outputElement) {}

  private void compare(
      Differences differences,
      Projection projection,
      double central,
      double slope,
      double size,
      Place place) {
    comparisons++;
    double wanted = tolerance * (Math.max(size, Math.abs(central)) + FLOOR);
    double noise = differences.noise(projection, Differences.STEP);
    double allowed = wanted + noise;
    double difference = Math.abs(central - slope);
    if (difference <= wanted || (difference <= allowed && noise <= BLURRED * wanted)) {
      return;
    }
    double expected;
    Cause cause = null;
    if (difference <= allowed) {
      Estimate estimate = differences.ofLongerSteps(projection);
      allowed = wanted + estimate.doubt();
      expected = estimate.slope();
      if (estimate.doubt() > BLURRED * wanted) {
        cause = Cause.INCONCLUSIVE;
      }
    } else {
      expected = differences.closest(slope, allowed, projection);
    }
    if (cause == null && Math.abs(expected - slope) <= allowed) {
      return;
    }
    if (cause == null) {
      cause = causeOf(differences, projection, expected);
    }
    Sides sides = differences.sides(projection, Differences.STEP);
    double scale =
        place.element < 0
            ? 1
            : Math.max(1, Math.abs(point.get(place.input).toDoubleArray()[place.element]));
    mismatches.add(
        new Mismatch(
            order,
            place.input,
            -1,
            index(point.get(place.input).shape(), place.element),
            place.output,
            index(outputs.get(place.output).shape(), place.outputElement),
            expected / scale,
            slope / scale,
            allowed / scale,
            cause,
            sides.left() / scale,
            sides.right() / scale));
  }

  private static Cause causeOf(Differences differences, Projection projection, double expected) {
    if (!Double.isFinite(expected)) {
      return Cause.NOT_FINITE;
    }
    return differences.hasKink(projection) ? Cause.KINK : Cause.WRONG_GRADIENT;
  }

  private static List<Integer> index(Shape shape, int element) {
    if (element < 0) {
      return List.of();
    }
    List<Integer> index = new ArrayList<>();
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index.add(rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    Collections.reverse(index);
    return index;
  }
}
