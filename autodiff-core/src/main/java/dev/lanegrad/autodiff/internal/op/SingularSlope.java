package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.ReversePass;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient U diag(g) V^T of a matrix A = U diag(s) V^T of which only the singular values are
 * used, g being their gradient.
 *
 * <p>Shapes: A [n, m], U [n, m], s [m], V [m, m], g [m] -> [n, m]. The gradient flows to A and g.
 */
record SingularSlope() implements CompositeOp {
  private static final Formula IS_SPECIAL = Formula.input(2);

  /** Input 0 / input 1, or input 3 where input 2 is not 0. */
  private static final Elementwise QUOTIENT =
      Elementwise.of(
          IS_SPECIAL.where(
              Formula.input(3),
              Formula.input(0).div(IS_SPECIAL.where(Formula.ONE, Formula.input(1)))));

  @Override
  public String name() {
    return "svdSlope";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 5, inputs);
    Shape shape = inputs.getFirst().shape();
    int m = shape.rank() == 2 ? shape.dim(1) : -1;
    List<Shape> expected =
        m < 0 ? List.of() : List.of(shape, shape, Shape.of(m), Shape.of(m, m), Shape.of(m));
    if (!Checks.shapes(inputs).equals(expected)) {
      throw new ShapeException(
          "svdSlope: takes [n, m], [n, m], [m], [m, m] and [m], not %s"
              .formatted(Shape.join(Checks.shapes(inputs))));
    }
    return List.of(new TensorType(Checks.floating(name(), inputs), shape));
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor g = call.input(4);
    Tensor zeros = Tensor.zeros(g.dtype(), g.size(), g.size());
    Tensor core = zeros.add(Tensor.eye(g.dtype(), g.size()).mul(g));
    return List.of(call.input(1).matmul(core).matmul(call.input(3).transpose()));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.input(1).input(2).input(3).input(4);
  }

  /**
   * With the gradient K, M = U^T K V, its symmetric part M' and its skew part M'': the diagonal of
   * M for g, and for A
   *
   * <p>U (D M' + E M'') V^T + (I - U U^T) K V diag(g / s) V^T, products with D and E by element,
   * D[i, j] = (g[j] - g[i]) / (s[j] - s[i]) and E[i, j] = (g[j] + g[i]) / (s[j] + s[i]) off the
   * diagonal.
   *
   * <p>Where that is 0 / 0 the limit is a derivative of g (see {@link Limits}), or NaN where there
   * is none.
   */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor k = gradients.getFirst();
    if (k == null) {
      return Gradient.of(null, null, null, null, null);
    }
    Tensor u = call.input(1);
    Tensor s = call.input(2);
    Tensor v = call.input(3);
    Tensor g = call.input(4);
    Tensor turned = k.matmul(v);
    Tensor ofG = call.needsGradient(4) ? u.mul(turned).sum(0) : null;
    if (!call.needsGradient(0)) {
      return Gradient.of(null, null, null, null, ofG);
    }
    Tensor m = u.transpose().matmul(turned);
    Tensor symmetric = m.add(m.transpose()).mul(0.5);
    Tensor skew = m.sub(m.transpose()).mul(0.5);
    if (m.isMeta() || s.isMeta() || g.isMeta()) { // limits need numbers
      Tensor ofType = u.matmul(m.mul(g.mul(s))).matmul(v.transpose());
      return Gradient.of(ofType, null, null, null, ofG);
    }
    Tensor outside = turned.sub(u.matmul(m));
    Limits limits = new Limits(s, g, Dispatch.look(k, SingularValues::negligible));
    Tensor across = g.unsqueeze(1);
    Tensor values = s.unsqueeze(1);
    Tensor differences = limits.differences(g.sub(across), s.sub(values), symmetric);
    Tensor sums = limits.sums(g.add(across), s.add(values), skew);
    Tensor ratios = limits.ratios(outside);
    Tensor core = differences.mul(symmetric).add(sums.mul(skew));
    Tensor ofA = u.matmul(core).add(ratios.mul(outside)).matmul(v.transpose());
    return Gradient.of(ofA, null, null, null, ofG);
  }

  /**
   * Quotients of gradients and singular values, and their limits where values are equal or 0. A
   * function of A alone treats all values alike and is even in each; so its gradient g is equal
   * where values are, is 0 where they are, and both limits are differences of dg[i] / ds[j]. A
   * function for which g is otherwise has no second derivative there; one whose g depends on the
   * values in a way that the graph does not show has none that is known.
   */
  private static final class Limits {
    /** Elements of g that are closer by this many units in the last place count as equal. */
    private static final double SLOPES_EQUAL = 64;

    private final Tensor s;
    private final Tensor g;
    private final double negligible;
    private final int m;
    private final double[] values;
    private final double[] slopes;
    private double @Nullable [][] derivatives;

    /**
     * Prepares for quotients.
     *
     * @param negligible factors up to this size count as 0, so that no limit is needed
     */
    Limits(Tensor s, Tensor g, double negligible) {
      this.s = s;
      this.g = g;
      this.m = s.size();
      this.values = numbers(s);
      this.slopes = numbers(g);
      this.negligible = negligible;
    }

    /** Limits of matrices or rows; the quotient itself where {@code isSpecial} is 0. */
    private Tensor quotient(
        Tensor numerator, Tensor denominator, double[] isSpecial, double[] limit) {
      Shape shape = denominator.shape();
      return QUOTIENT.applyTo(
          numerator,
          denominator,
          Tensor.ofDoubles(s.dtype(), shape, isSpecial),
          Tensor.ofDoubles(s.dtype(), shape, limit));
    }

    Tensor differences(Tensor numerator, Tensor denominator, Tensor factor) {
      double[] factors = numbers(factor);
      double[] isSpecial = new double[m * m];
      double[] limit = new double[m * m];
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < m; j++) {
          int place = i * m + j;
          boolean equal = i == j || SingularValues.areEqual(s.dtype(), values[i], values[j]);
          isSpecial[place] = equal ? 1 : 0;
          if (i != j && equal && isNeeded(factors[place])) {
            limit[place] =
                areEqual(slopes[i], slopes[j]) ? (alone(i, j) + alone(j, i)) / 2 : Double.NaN;
          }
        }
      }
      return quotient(numerator, denominator, isSpecial, limit);
    }

    Tensor sums(Tensor numerator, Tensor denominator, Tensor factor) {
      double[] factors = numbers(factor);
      double[] isSpecial = new double[m * m];
      double[] limit = new double[m * m];
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < m; j++) {
          int place = i * m + j;
          boolean zeros = values[i] == 0 && values[j] == 0;
          boolean kink = (values[i] == 0 && slopes[i] != 0) || (values[j] == 0 && slopes[j] != 0);
          isSpecial[place] = i == j || zeros || kink ? 1 : 0;
          if (i != j && (zeros || kink) && isNeeded(factors[place])) {
            limit[place] = kink ? Double.NaN : (derivative(i, i) + derivative(j, j)) / 2;
          }
        }
      }
      return quotient(numerator, denominator, isSpecial, limit);
    }

    /** g / s, for columns of a factor. */
    Tensor ratios(Tensor factor) {
      double[] factors = numbers(factor);
      double[] isSpecial = new double[m];
      double[] limit = new double[m];
      for (int j = 0; j < m; j++) {
        isSpecial[j] = values[j] == 0 ? 1 : 0;
        boolean needed = false;
        for (int i = j; i < factors.length; i += m) {
          needed |= isNeeded(factors[i]);
        }
        if (values[j] == 0 && needed) {
          limit[j] = slopes[j] == 0 ? derivative(j, j) : Double.NaN;
        }
      }
      return quotient(g, s, isSpecial, limit);
    }

    /** What is recorded may be differentiated, and its derivative is not the limit's. */
    private boolean isNeeded(double factor) {
      return Recording.isOn() || !(Math.abs(factor) <= negligible);
    }

    private boolean areEqual(double a, double b) {
      double rounding = SLOPES_EQUAL * SingularValues.precision(g.dtype());
      return Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b));
    }

    /** How much more g[i] depends on s[i] than on an equal s[j]. */
    private double alone(int i, int j) {
      return derivative(i, i) - derivative(i, j);
    }

    /** dg[i] / ds[j]. */
    private double derivative(int i, int j) {
      if (Recording.isOn()) {
        return Double.NaN;
      }
      if (derivatives == null) {
        derivatives = new double[m][];
      }
      if (derivatives[i] == null) {
        derivatives[i] = gradientOf(i);
      }
      return derivatives[i][j];
    }

    /** Limits are of these numbers alone. */
    private static double[] numbers(Tensor tensor) {
      return Dispatch.look(tensor, Tensor::toDoubleArray);
    }

    private double[] gradientOf(int i) {
      double[] found = new double[m];
      if (g.isTracked()) {
        double[] seed = new double[m];
        seed[i] = 1;
        Tensor one = Tensor.ofDoubles(g.dtype(), g.shape(), seed);
        Tensor gradient = s.isTracked() ? ReversePass.targets(g, one, List.of(s)).getFirst() : null;
        if (gradient == null) {
          Arrays.fill(found, Double.NaN);
        } else {
          found = numbers(gradient);
        }
      }
      return found;
    }
  }
}
