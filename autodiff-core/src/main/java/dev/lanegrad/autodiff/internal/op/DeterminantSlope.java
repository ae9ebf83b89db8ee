package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
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
record DeterminantSlope() implements PrimitiveOp {
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
  public void compute(Call call, Outputs outputs) {
    Tensor a = call.input(0);
    if (call.inputs() == 1) {
      double[] usual = inverseTimesDeterminant(a);
      if (usual != null) {
        outputs.set(0, usual);
        return;
      }
    }
    List<double[]> directions = new ArrayList<>();
    for (int i = 1; i < call.inputs(); i++) {
      directions.add(call.input(i).toDoubleArray());
    }
    outputs.set(0, new DiagonalForm(a).slope(directions));
  }

  /** det(A) A^-T, or null where that is not precise. */
  private static double @Nullable [] inverseTimesDeterminant(Tensor a) {
    int n = a.shape().dim(0);
    Elimination elimination = Elimination.of(Views.transposed(a));
    double determinant = Elimination.of(a).determinant();
    double smallest = a.dtype() == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double largest = a.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    double size = Math.abs(determinant);
    if (elimination.isSingular() || !(size >= smallest && size <= largest)) {
      return null;
    }
    double[] inverse = elimination.solve(identity(n), n);
    boolean isSingle = a.dtype() == DType.FLOAT32;
    for (int i = 0; i < inverse.length && isSingle; i++) {
      inverse[i] = (float) inverse[i];
    }
    double condition = norm(a.toDoubleArray(), n) * norm(inverse, n);
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = isSingle ? (float) inverse[i] * (float) determinant : inverse[i] * determinant;
    }
    return condition <= ILL_CONDITIONED && Scaled.areFinite(inverse) ? inverse : null;
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) {
      identity[i * n + i] = 1;
    }
    return identity;
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
