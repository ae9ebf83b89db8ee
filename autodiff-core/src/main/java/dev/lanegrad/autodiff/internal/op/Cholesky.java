package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.LinearAlgebraException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The lower triangular L with L L^T = A for a symmetric positive definite A, of which the lower
 * triangle is read; in double precision.
 *
 * <p>Shapes: [n, n] -> [n, n]. The gradient is symmetric.
 */
public record Cholesky() implements PrimitiveOp {
  private static final int IN_RANGE = 900;

  @Override
  public String name() {
    return "cholesky";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    Checks.square(name(), inputs.getFirst().shape());
    return List.of(new TensorType(Checks.floating(name(), inputs), inputs.getFirst().shape()));
  }

  /**
   * Factorises.
   *
   * @throws LinearAlgebraException if the matrix is not positive definite
   */
  @Override
  public void compute(Call call, Outputs outputs) {
    Tensor matrix = call.input(0);
    int n = matrix.shape().dim(0);
    double[] a = matrix.toDoubleArray();
    int exponent = evenExponent(a);
    double[] l = lowerTriangle(a, n, exponent);
    for (int first = 0; first < n; first += Block.STRIP) {
      int row = factorize(l, n, first, Math.min(Block.STRIP, n - first));
      if (row >= 0) {
        throw new LinearAlgebraException(
            String.format(
                Locale.ROOT,
                "cholesky: matrix of shape %s is not positive definite (row %d)",
                matrix.shape(),
                row));
      }
    }
    for (int i = 0; i < l.length && exponent != 0; i++) {
      l[i] = Math.scalb(l[i], exponent / 2);
    }
    outputs.set(0, l);
  }

  private static double[] lowerTriangle(double[] a, int n, int exponent) {
    double[] lower = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        lower[i * n + j] = exponent == 0 ? a[i * n + j] : Math.scalb(a[i * n + j], -exponent);
      }
    }
    return lower;
  }

  /**
   * Turns columns of A into those of L, when all that are left of them have been.
   *
   * @return the row at which A is not positive definite, or -1
   */
  private static int factorize(double[] l, int n, int first, int count) {
    Block whole = Block.of(l, n);
    Block strip = whole.from(first, first);
    Block known = whole.from(first, 0);
    strip.subtractProduct(known, known.transposed(), n - first, first, count);
    double[][] columns = strip.transposed().rows(count, n - first);
    for (int k = 0; k < count; k++) {
      double[] column = columns[k];
      Arrays.fill(column, 0, k, 0);
      if (!(column[k] > 0)) {
        return first + k;
      }
      double root = Math.sqrt(column[k]);
      column[k] = root;
      for (int i = k + 1; i < column.length; i++) {
        column[i] /= root;
      }
      for (int j = k + 1; j < count; j++) {
        Block.subtract(columns[j], column[j], column, j);
      }
    }
    strip.transposed().setRows(columns);
    return -1;
  }

  /** Of a power of two to divide by where products would leave the range of doubles; mostly 0. */
  private static int evenExponent(double[] elements) {
    int largest = Scaled.exponentOfLargest(elements);
    return Math.abs(largest) <= IN_RANGE ? 0 : largest / 2 * 2;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0);
  }

  /**
   * With P the lower triangle of L^T G, diagonal halved, and S = L^-T P L^-1: (S + S^T) / 2
   * (Murray, "Differentiation of the Cholesky decomposition", 2016).
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    double unit = Scaled.unit(call.output(0));
    Tensor l = unit == 1 ? call.output(0) : call.output(0).mul(1 / unit);
    int n = l.shape().dim(0);
    Tensor half = Tensor.tril(l.dtype(), n, 0).add(Tensor.tril(l.dtype(), n, -1)).mul(0.5);
    Tensor p = l.transpose().matmul(gradient).mul(half);
    Solve solve = new Solve();
    Tensor left = solve.applyTo(l.transpose(), p);
    Tensor s = solve.applyTo(l.transpose(), left.transpose()).transpose();
    Tensor symmetric = s.add(s.transpose()).mul(0.5);
    return Gradient.of(unit == 1 ? symmetric : symmetric.mul(1 / unit));
  }
}
