package dev.lanegrad.autodiff.internal.kernel.loops;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Maps, folds and matrix products of random shapes and layouts against loops that could not be
 * simpler, to the bit. Plain code, so that it also runs in JVMs started with other settings.
 */
public final class LoopFuzz {
  private static final int SIZE = 3_000;
  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);
  private static final Formula C = Formula.input(2);

  private LoopFuzz() {}

  /** Runs rounds from a first seed on. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    run(first, rounds);
    System.out.println("bits " + (Lanes.VECTOR ? Lanes.BITS : 0) + " rounds " + rounds);
  }

  static void run(long first, int rounds) {
    for (long seed = first; seed < first + rounds; seed++) {
      map(seed);
      update(seed);
      fold(seed);
      matmul(seed);
    }
    rowByLargeMatrix(first, DType.FLOAT32, 331, 407);
    rowByLargeMatrix(first, DType.FLOAT64, 170, 391);
  }

  /** Results of one element, each rounded to the dtype by the caller. */
  private interface Definition {
    double[] of(double[] x, DType dtype);
  }

  private record Mapped(Elementwise formulas, int inputs, Definition definition) {}

  private static final List<Mapped> MAPS =
      List.of(
          new Mapped(Elementwise.of(A), 1, (x, _) -> x),
          new Mapped(
              Elementwise.of(A.add(B), A.div(B)),
              2,
              (x, _) -> new double[] {x[0] + x[1], x[0] / x[1]}),
          new Mapped(
              Elementwise.of(A.fma(B, C), B.mul(0.3)),
              3,
              (x, t) -> new double[] {fma(t, x[0], x[1], x[2]), x[1] * rounded(t, 0.3)}));

  static double rounded(DType dtype, double number) {
    return dtype == DType.FLOAT32 ? (float) number : number;
  }

  public static double fma(DType dtype, double a, double b, double c) {
    return dtype == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  static void map(long seed) {
    Draw draw = new Draw(seed);
    Mapped mapped = draw.oneOf(MAPS);
    DType dtype = draw.floating();
    Shape space = draw.longShape(4, SIZE);
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < mapped.inputs; i++) {
      inputs.add(draw.wild(dtype, draw.broadcastingTo(space)));
    }
    double[][] expected = mapped(mapped, dtype, inputs);
    List<Tensor> results = mapped.formulas.apply(inputs);
    for (int k = 0; k < expected.length; k++) {
      String what =
          String.format(
              Locale.ROOT, "map %d of %s, seed %d, output %d", mapped.inputs, space, seed, k);
      Bits.assertSame(expected[k], results.get(k).toDoubleArray(), what);
    }
  }

  private static double[][] mapped(Mapped mapped, DType dtype, List<Tensor> inputs) {
    Shape space = Shape.broadcast("test", inputs.stream().map(Tensor::shape).toList());
    double[][] columns = inputs.stream().map(x -> broadcast(x, space)).toArray(double[][]::new);
    double[][] expected = new double[mapped.formulas.formulas().size()][space.size()];
    for (int e = 0; e < space.size(); e++) {
      double[] x = new double[columns.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = columns[i][e];
      }
      double[] results = mapped.definition.of(x, dtype);
      for (int k = 0; k < expected.length; k++) {
        expected[k][e] = rounded(dtype, results[k]);
      }
    }
    return expected;
  }

  /** The elements of a tensor for every index of a space it broadcasts to. */
  private static double[] broadcast(Tensor x, Shape space) {
    double[] elements = x.toDoubleArray();
    int[] strides = x.shape().rowMajorStrides();
    int shift = space.rank() - x.rank();
    double[] repeated = new double[space.size()];
    for (int e = 0; e < repeated.length; e++) {
      int at = 0;
      int rest = e;
      for (int axis = space.rank() - 1; axis >= 0; axis--) {
        int index = rest % space.dim(axis);
        rest /= space.dim(axis);
        if (axis >= shift && x.shape().dim(axis - shift) != 1) {
          at += index * strides[axis - shift];
        }
      }
      repeated[e] = elements[at];
    }
    return repeated;
  }

  /** Results stored where the first input lies. */
  static void update(long seed) {
    Draw draw = new Draw(seed);
    Mapped mapped = MAPS.get(1);
    DType dtype = draw.floating();
    Shape space = draw.longShape(3, SIZE);
    Parameter first = Parameter.of("first", draw.wild(dtype, space));
    Parameter second = Parameter.of("second", draw.wild(dtype, space));
    Tensor given =
        draw.chance(0.5) ? second.tensor() : draw.wild(dtype, draw.broadcastingTo(space));
    double[][] expected = mapped(mapped, dtype, List.of(first.tensor(), given));
    Formula c = Formula.input(2);
    new Update(Elementwise.of(A.add(c), A.div(c)), List.of(first, second)).apply(given);
    String what = String.format(Locale.ROOT, "update of %s, seed %d", space, seed);
    Bits.assertSame(expected[0], first.tensor().toDoubleArray(), what + ", first");
    Bits.assertSame(expected[1], second.tensor().toDoubleArray(), what + ", second");
  }

  static void fold(long seed) {
    Draw draw = new Draw(seed);
    Shape space = draw.longShape(4, SIZE);
    if (space.rank() > 0) {
      fold(seed, draw, draw.floating(), space, draw.axes(space));
    }
  }

  static void fold(long seed, Draw draw, DType dtype, Shape space, int... axes) {
    Reduction reduction = draw.oneOf(List.of(Reduction.values()));
    boolean product = draw.chance(0.5);
    List<Tensor> inputs = new ArrayList<>(List.of(draw.wild(dtype, space)));
    double[] values = inputs.getFirst().toDoubleArray();
    if (product) {
      inputs.add(draw.wild(dtype, draw.broadcastingTo(space)));
      double[] factors = broadcast(inputs.getLast(), space);
      Arrays.setAll(values, e -> rounded(dtype, values[e] * factors[e]));
    }
    NaiveFold naive = new NaiveFold(reduction, dtype);
    double[] expected = naive.fold(values, space.toArray(), axes);
    Formula formula = product ? A.mul(B) : A;
    Tensor result = new Fold(reduction, formula, axes, false).apply(inputs).getFirst();
    String what =
        String.format(
            Locale.ROOT,
            "%s of %s %s along %s%s, seed %d",
            reduction,
            dtype,
            space,
            Arrays.toString(axes),
            product ? ", product" : "",
            seed);
    Bits.assertSame(expected, result.toDoubleArray(), what);
  }

  static void matmul(long seed) {
    Draw draw = new Draw(seed);
    DType dtype = draw.floating();
    int[] sizes = {0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 48, 64, 65, 100, 150};
    int m = sizes[draw.random().nextInt(sizes.length)];
    int k = sizes[draw.random().nextInt(sizes.length)];
    int n = sizes[draw.random().nextInt(sizes.length)];
    Tensor a = matrix(draw, dtype, m, k);
    Tensor b = matrix(draw, dtype, k, n);
    double[] left = a.toDoubleArray();
    double[] right = b.toDoubleArray();
    String what =
        String.format(
            Locale.ROOT, "matmul %s [%d, %d] x [%d, %d], seed %d", dtype, m, k, k, n, seed);
    double[] result = a.matmul(b).toDoubleArray();
    Bits.assertSame(product(dtype, left, right, m, k, n), result, what);
  }

  /** A matrix that is larger than what tiles take for a single row, beginning anywhere. */
  private static void rowByLargeMatrix(long seed, DType dtype, int k, int n) {
    Draw draw = new Draw(seed);
    Tensor x = matrix(draw, dtype, 1, k);
    Tensor b = Tensor.normal(draw.random(), dtype, k + 1, n + 3).slice(0, 1, k + 1).slice(1, 2, n + 2);
    double[] expected = product(dtype, x.toDoubleArray(), b.toDoubleArray(), 1, k, n);
    Bits.assertSame(
        expected,
        x.matmul(b).toDoubleArray(),
        String.format(Locale.ROOT, "a row of %d times %d x %d in %s", k, k, n, dtype));
  }

  /** One chain of fused multiply-adds over k, or sixteen where there is a single column. */
  private static double[] product(DType dtype, double[] left, double[] right, int m, int k, int n) {
    double[] product = new double[m * n];
    int count = n == 1 ? 16 : 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double[] chains = new double[count];
        for (int l = 0; l < k; l++) {
          int chain = l % count;
          chains[chain] = fma(dtype, left[i * k + l], right[l * n + j], chains[chain]);
        }
        for (int distance = count / 2; distance > 0; distance /= 2) {
          for (int l = 0; l < distance; l++) {
            chains[l] = rounded(dtype, chains[l] + chains[l + distance]);
          }
        }
        product[i * n + j] = chains[0];
      }
    }
    return product;
  }

  /** A matrix as it is, transposed, or in any layout. */
  private static Tensor matrix(Draw draw, DType dtype, int rows, int columns) {
    return switch (draw.between(0, 2)) {
      case 0 -> Tensor.normal(draw.random(), dtype, rows, columns);
      case 1 -> Tensor.normal(draw.random(), dtype, columns, rows).transpose();
      default -> draw.wild(dtype, Shape.of(rows, columns));
    };
  }
}
