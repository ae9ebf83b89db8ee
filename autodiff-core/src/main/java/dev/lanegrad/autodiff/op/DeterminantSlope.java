package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The derivative of a determinant, along no direction or along some: with k directions the matrix
 * of D^(k+1) det(A)[G1, .., Gk, .], for k = 0 that of cofactors. A determinant is a polynomial, so
 * this exists for singular matrices as well.
 *
 * <p>A well-conditioned matrix's cofactors are det(A) A^-T; all else is computed by {@link
 * DiagonalForm}, in double precision.
 *
 * <p>Shapes: [n, n] and any number of directions [n, n] -> [n, n].
 */
record DeterminantSlope() implements Op {
  /** Above this condition number det(A) A^-T has lost half of its digits. */
  private static final double ILL_CONDITIONED = 0x1p26;

  @Override
  public String name() {
    return "determinantSlope";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), Math.max(1, inputs.size()), inputs);
    Shape shape = inputs.getFirst().shape();
    Checks.square(name(), shape);
    if (!inputs.stream().allMatch(t -> t.shape().equals(shape))) {
      throw new ShapeException(
          "determinantSlope: matrix and directions differ in shape: %s"
              .formatted(Shape.join(Checks.shapes(inputs))));
    }
    return List.of(new TensorType(Checks.floating(name(), inputs), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor a = call.input(0);
    if (call.inputs() == 1) {
      Tensor usual = inverseTimesDeterminant(a);
      if (usual != null) {
        return List.of(usual);
      }
    }
    List<double[]> directions = new ArrayList<>();
    for (int i = 1; i < call.inputs(); i++) {
      directions.add(call.input(i).toDoubleArray());
    }
    double[] slope = new DiagonalForm(a).slope(directions);
    return List.of(Tensor.ofDoubles(a.dtype(), a.shape(), slope));
  }

  /** det(A) A^-T, or null where that is not precise. */
  private static @Nullable Tensor inverseTimesDeterminant(Tensor a) {
    int n = a.shape().dim(0);
    Elimination elimination = Elimination.of(a.transpose());
    double determinant = Elimination.of(a).determinant();
    double smallest = a.dtype() == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double largest = a.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    double size = Math.abs(determinant);
    if (elimination.isSingular() || !(size >= smallest && size <= largest)) {
      return null;
    }
    double[] identity = Tensor.eye(DType.FLOAT64, n).toDoubleArray();
    Tensor inverse = Tensor.ofDoubles(a.dtype(), a.shape(), elimination.solve(identity, n));
    double condition = norm(a.toDoubleArray(), n) * norm(inverse.toDoubleArray(), n);
    Tensor cofactors = inverse.mul(Tensor.scalar(a.dtype(), determinant));
    return condition <= ILL_CONDITIONED && Scaled.areFinite(cofactors.toDoubleArray())
        ? cofactors
        : null;
  }

  /** The largest sum of magnitudes in a row. */
  private static double norm(double[] matrix, int n) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double sum = Arrays.stream(matrix, i * n, i * n + n).map(Math::abs).sum();
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  /**
   * D^(k+1) det(A) is linear and symmetric in its directions; so a further one gives the gradient
   * of A, and in the place of another that one's gradient.
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    @Nullable Tensor[] results = new Tensor[call.inputs()];
    Tensor gradient = gradients.getFirst();
    for (int i = 0; i < results.length && gradient != null; i++) {
      if (call.needsGradient(i)) {
        List<Tensor> directions = new ArrayList<>();
        for (int k = 0; k < call.inputs(); k++) {
          directions.add(k > 0 && k == i ? gradient : call.input(k));
        }
        if (i == 0) {
          directions.add(gradient);
        }
        results[i] = apply(directions).getFirst();
      }
    }
    return Arrays.asList(results);
  }
}
