package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a Boolean function is at each of the 2^n rows of its inputs; row r has the binary digits of
 * r, the first input's first.
 */
record TruthTable(int inputs, boolean... values) {
  static TruthTable of(int inputs, Predicate<boolean[]> function) {
    boolean[] values = new boolean[1 << inputs];
    for (int row = 0; row < values.length; row++) {
      values[row] = function.test(bits(inputs, row));
    }
    return new TruthTable(inputs, values);
  }

  private static boolean[] bits(int inputs, int row) {
    boolean[] bits = new boolean[inputs];
    for (int i = 0; i < inputs; i++) {
      bits[i] = (row >> (inputs - 1 - i) & 1) == 1;
    }
    return bits;
  }

  /** All rows, 0 for false and 1 for true: [2^n, n]. */
  Tensor rows() {
    return Tensor.of(
        IntStream.range(0, values.length).mapToObj(this::row).toArray(double[][]::new));
  }

  private double[] row(int row) {
    double[] numbers = new double[inputs];
    boolean[] bits = bits(inputs, row);
    Arrays.setAll(numbers, i -> bits[i] ? 1 : 0);
    return numbers;
  }

  /** The numbers of the rows where the function is true. */
  int[] trueRows() {
    return IntStream.range(0, values.length).filter(row -> values[row]).toArray();
  }

  /** In how many rows a network's one output is the function's value. */
  int rowsRight(Layer network) {
    double[] outputs = network.forward(rows()).toDoubleArray();
    return (int)
        IntStream.range(0, values.length).filter(r -> outputs[r] == (values[r] ? 1 : 0)).count();
  }

  /** Whether a network computes the function. */
  boolean isComputedBy(Layer network) {
    return rowsRight(network) == values.length;
  }

  /**
   * An OR of ANDs: for each true row a hidden unit that is 1 for this row alone. Its weight is 1
   * where the row has a 1 and -1 where it has a 0, its threshold the number of ones.
   */
  Sequential orOfAnds() {
    int[] rows = trueRows();
    double[][] weights = Arrays.stream(rows).mapToObj(this::signs).toArray(double[][]::new);
    double[] thresholds = Arrays.stream(rows).mapToDouble(Integer::bitCount).toArray();
    return new Sequential(
        List.of(ThresholdUnits.of(weights, thresholds), ThresholdUnits.or(rows.length)));
  }

  private double[] signs(int row) {
    return Arrays.stream(row(row)).map(bit -> 2 * bit - 1).toArray();
  }

  /** A row of numbers for each row of the tensors. */
  static List<List<Double>> columns(Tensor... tensors) {
    Tensor all = Tensor.concat(1, List.of(tensors));
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < all.shape().dim(0); i++) {
      rows.add(Arrays.stream(all.select(0, i).toDoubleArray()).boxed().toList());
    }
    return rows;
  }

  /**
   * Of all ANDs that ask some inputs to be on and some others to be off, those that are true in
   * true rows alone: how many rows each of them covers.
   */
  List<Integer> trueTerms() {
    List<Integer> covered = new ArrayList<>();
    int rows = values.length;
    for (int asked = 0; asked < rows; asked++) {
      for (int on = asked; on >= 0; on--) {
        if ((on & asked) == on) {
          int mask = asked;
          int pattern = on;
          int[] those = IntStream.range(0, rows).filter(row -> (row & mask) == pattern).toArray();
          if (IntStream.of(those).allMatch(row -> values[row])) {
            covered.add(those.length);
          }
        }
      }
    }
    return covered;
  }
}
