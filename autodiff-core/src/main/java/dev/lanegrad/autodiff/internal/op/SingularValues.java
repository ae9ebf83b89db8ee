package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The singular value decomposition A = U diag(s) V^T of a small matrix, values falling, by
 * one-sided Jacobi rotations in double precision.
 *
 * <p>Shapes: [n, m] with n >= m gives U [n, m], s [m] and V [m, m]. Gradients of every order, where
 * the singular values differ and are not 0; else of the values alone, to order 2, see {@link
 * SingularSlope}, or NaN.
 */
public record SingularValues() implements PrimitiveOp {
  private static final Formula X = Formula.input(0);

  private static final Formula FACTOR = Formula.input(1);

  /** 1 / x, and 0 at 0, where input 1 is 1; else that. */
  private static final Elementwise INVERSE =
      Elementwise.of(
          FACTOR
              .equal(1)
              .where(
                  X.equal(0).where(Formula.ZERO, X.equal(0).where(Formula.ONE, X).reciprocal()),
                  FACTOR));

  /** Singular values that are closer by this many units in the last place count as equal. */
  private static final double EQUAL = 8;

  @Override
  public String name() {
    return "svd";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    var dtype = Checks.floating(name(), inputs);
    Shape shape = inputs.getFirst().shape();
    if (shape.rank() != 2 || shape.dim(0) < shape.dim(1)) {
      throw new ShapeException(
          "svd: takes a matrix with at least as many rows as columns, not %s; transpose it"
              .formatted(shape));
    }
    int m = shape.dim(1);
    return List.of(
        new TensorType(dtype, shape),
        new TensorType(dtype, Shape.of(m)),
        new TensorType(dtype, Shape.of(m, m)));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    JacobiRotations rotations = JacobiRotations.of(call.input(0));
    outputs.set(0, rotations.left());
    outputs.set(1, rotations.values());
    outputs.set(2, rotations.right());
  }

  /**
   * With gradients gU, gs, gV and F[i, j] = 1 / (s[j]^2 - s[i]^2) off the diagonal: U (diag(gs) +
   * (F (U^T gU - gU^T U)) S + S (F (V^T gV - gV^T V))) V^T + (I - U U^T) gU S^-1 V^T, products with
   * F by element (Townsend, "Differentiating the singular value decomposition", 2016).
   *
   * <p>Equal singular values have no derivative of U and V, a value of 0 none of U: NaN, unless
   * nothing flows to what has none.
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor u = call.output(0);
    Tensor s = call.output(1);
    Tensor v = call.output(2);
    Tensor ofU = gradients.get(0);
    Tensor ofValues = gradients.get(1);
    Tensor ofV = gradients.get(2);
    if (ofU == null && ofV == null) {
      return Gradient.of(
          ofValues == null ? null : new SingularSlope().applyTo(call.input(0), u, s, v, ofValues));
    }
    if (u.isMeta() || gradients.stream().anyMatch(g -> g != null && g.isMeta())) {
      return Gradient.of(Tensor.meta(u.dtype(), u.shape().toArray())); // of the matrix's shape
    }
    Tensor core = Tensor.zeros(s.dtype(), s.size(), s.size());
    if (ofValues != null) {
      core = core.add(Tensor.eye(s.dtype(), s.size()).mul(ofValues));
    }
    double unit = Scaled.unit(s);
    Tensor scaled = unit == 1 ? s : s.mul(1 / unit);
    boolean[] flowingU = flowing(u, ofU);
    boolean[] flowingV = flowing(v, ofV);
    double[] pairs = Dispatch.look(s, numbers -> pairs(numbers, flowingU, flowingV));
    Tensor inverseGaps = inverse(gaps(scaled), pairs);
    if (ofU != null) {
      core = core.add(perUnit(twist(u, ofU).mul(inverseGaps).mul(scaled), unit));
    }
    if (ofV != null) {
      core = core.add(perUnit(twist(v, ofV).mul(inverseGaps).mul(scaled.unsqueeze(1)), unit));
    }
    Tensor left = u.matmul(core);
    if (ofU != null) {
      Tensor outside = ofU.sub(u.matmul(u.transpose().matmul(ofU)));
      left = left.add(outside.mul(inverse(s, columnsOf(s, outside))));
    }
    return Gradient.of(left.matmul(v.transpose()));
  }

  private static Tensor perUnit(Tensor tensor, double unit) {
    return unit == 1 ? tensor : tensor.mul(1 / unit);
  }

  /** Q^T G - G^T Q. */
  private static Tensor twist(Tensor q, Tensor gradient) {
    Tensor product = q.transpose().matmul(gradient);
    return product.sub(product.transpose());
  }

  /** Whether two singular values differ by no more than rounding. */
  static boolean areEqual(DType dtype, double a, double b) {
    return Math.abs(a - b) <= EQUAL * precision(dtype) * Math.max(a, b);
  }

  /** The distance of 1 to the next number. */
  static double precision(DType dtype) {
    return dtype == DType.FLOAT32 ? 0x1p-23 : 0x1p-52;
  }

  /** Which pairs of columns of Q the gradient G turns against each other, by Q^T G. */
  private static boolean[] flowing(Tensor q, @Nullable Tensor gradient) {
    if (gradient == null) {
      return new boolean[q.shape().dim(1) * q.shape().dim(1)];
    }
    Tensor product = q.detach().transpose().matmul(gradient.detach());
    return Dispatch.look(List.of(product, gradient), SingularValues::flowing);
  }

  private static boolean[] flowing(List<Tensor> productAndGradient) {
    double[] product = productAndGradient.get(0).toDoubleArray();
    double negligible = negligible(productAndGradient.get(1));
    boolean[] flows = new boolean[product.length];
    for (int i = 0; i < flows.length; i++) {
      flows[i] = !(Math.abs(product[i]) <= negligible);
    }
    return flows;
  }

  /** Up to this size elements of a gradient that was turned by U or V count as 0. */
  static double negligible(Tensor gradient) {
    double length = Math.sqrt(gradient.shape().dim(0)) * Scaled.largest(gradient.toDoubleArray());
    return EQUAL * precision(gradient.dtype()) * length;
  }

  /** For pairs of equal values 0, or NaN if their vectors are used; 1 for others. */
  private static double[] pairs(Tensor s, boolean[] ofU, boolean[] ofV) {
    double[] values = s.toDoubleArray();
    int m = values.length;
    double[] factors = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        int place = i * m + j;
        int other = j * m + i;
        boolean equal = i != j && areEqual(s.dtype(), values[i], values[j]);
        boolean used = ofU[place] || ofU[other] || ofV[place] || ofV[other];
        factors[place] = equal ? unlessUsed(used) : 1;
      }
    }
    return factors;
  }

  /** What is recorded may be differentiated, and 0 is no derivative of what does not exist. */
  private static double unlessUsed(boolean used) {
    return used || Recording.isOn() ? Double.NaN : 0;
  }

  private static double[] columnsOf(Tensor s, Tensor outside) {
    return Dispatch.look(List.of(s, outside), read -> columns(read.get(0), read.get(1)));
  }

  /** For columns of a value of 0 0, or NaN if they are used; 1 for others. */
  private static double[] columns(Tensor s, Tensor outside) {
    double[] values = s.toDoubleArray();
    double[] elements = outside.toDoubleArray();
    double[] factors = new double[values.length];
    for (int j = 0; j < factors.length; j++) {
      boolean used = false;
      for (int i = j; i < elements.length; i += factors.length) {
        used |= elements[i] != 0;
      }
      factors[j] = values[j] == 0 ? unlessUsed(used) : 1;
    }
    return factors;
  }

  /** s[j]^2 - s[i]^2. */
  private static Tensor gaps(Tensor s) {
    Tensor squares = s.square();
    return squares.unsqueeze(0).sub(squares.unsqueeze(1));
  }

  private static Tensor inverse(Tensor x, double[] factors) {
    return INVERSE.applyTo(x, Tensor.ofDoubles(x.dtype(), x.shape(), factors));
  }
}
