package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.RisingAxes;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moments of z = s x - c along axes: z, its mean m, the sum of (z - m)^2, and s; then, for
 * running statistics, the mean of x and the sum of its squared differences from it. For each line s
 * is a power of two and c a number near the mean of s x, usually 1 and 0. A line is scaled where
 * the sum of squares overflows or vanishes, and shifted where the mean is so much larger than the
 * deviation that its rounding error shows (2^8 times in float32, 2^24 in float64): the differences
 * s x - c are exact (Sterbenz), and what rounding did to c is in m. What is computed of the first
 * four, as the deviation sqrt(sum / n) / s or (z - m) / sqrt(sum / n + s^2 eps) are, is right
 * wherever it can be represented. No gradient flows through s and c, of which the result does not
 * depend, nor through the last two.
 *
 * <p>Shapes: x [.., n, ..] gives [.., n, ..] for z and [.., 1, ..] for the others.
 *
 * @param axes each from 0 to rank - 1
 * @param small whether lines are scaled where squares vanish
 */
public record Moments(int[] axes, boolean small) implements CompositeOp {
  private static final Formula Z = Formula.input(0);
  private static final Formula MEAN = Formula.input(1);
  private static final Formula SQUARE = Z.sub(MEAN).square();
  private static final Elementwise DIVIDE = Elementwise.of(Z.div(MEAN));
  private static final Elementwise TIMES = Elementwise.of(Z.mul(MEAN));
  private static final Elementwise SCALE_AND_SHIFT =
      Elementwise.of(Z.mul(Formula.input(1)).sub(Formula.input(2)));
  private static final Elementwise SUM_DIVIDED =
      Elementwise.of(Z.add(Formula.input(1)).div(Formula.input(2)));
  private static final Elementwise DIVIDED_TWICE = Elementwise.of(Z.div(MEAN).div(MEAN));
  private static final Elementwise DIVIDED_GRADIENT = Elementwise.of(Z.mul(MEAN.reciprocal()));

  // What the reverse rule reads besides z and m, and what comes through the squares.
  private static final Formula OF_SUM = Formula.input(2);
  private static final Formula SCALE = Formula.input(3);
  private static final Formula OF_Z = Formula.input(4);
  private static final Formula EACH = Formula.input(5);
  private static final Formula THROUGH_Z = Scales.pullback(SQUARE, OF_SUM, 0);
  private static final Formula THROUGH_MEAN = Scales.pullback(SQUARE, OF_SUM, 1);

  public Moments {
    axes = RisingAxes.of(axes);
  }

  @Override
  public String name() {
    return "moments";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType line = Scales.line(name(), inputs, axes);
    TensorType all = new TensorType(line.dtype(), inputs.getFirst().shape());
    return List.of(all, line, line, line, line, line);
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Tensor mean = mean(x);
    Tensor squares = squares(x, mean);
    int count = Scales.count(x.shape(), axes);
    if (x.size() > 0 && !areUsual(mean, squares, count)) {
      Tensor scale = Scales.of(x, axes, squares, sum -> Scales.isUnusual(sum, x.dtype(), small));
      double[] shifts =
          Dispatch.look(
              List.of(mean, squares, mean(Parts.of(TIMES, x, scale))), read -> shifts(read, count));
      if (!Scales.areAll(1, scale.toDoubleArray()) || !Scales.areAll(0, shifts)) {
        return scaledAndShifted(x, scale, Tensor.ofDoubles(x.dtype(), mean.shape(), shifts));
      }
    }
    Tensor one = Scales.constant(new TensorType(x.dtype(), mean.shape()), 1);
    return List.of(x, mean, squares, one, mean, squares);
  }

  /** The means of scaled lines, and 0 for a line that is not shifted. */
  private static double[] shifts(List<Tensor> read, int count) {
    DType dtype = read.getFirst().dtype();
    double[] means = read.get(0).toDoubleArray();
    double[] sums = read.get(1).toDoubleArray();
    double[] shifts = read.get(2).toDoubleArray();
    for (int i = 0; i < shifts.length; i++) {
      // An overflow hides how large the deviation is.
      boolean shifted = !Double.isFinite(sums[i]) || cancels(means[i], sums[i], count, dtype);
      shifts[i] = shifted && Double.isFinite(shifts[i]) ? shifts[i] : 0;
    }
    return shifts;
  }

  private List<Tensor> scaledAndShifted(Tensor x, Tensor scale, Tensor shift) {
    Tensor z = Parts.of(SCALE_AND_SHIFT, x, scale, shift);
    Tensor rest = mean(z);
    Tensor sum = squares(z, rest);
    Tensor meanOfX = Parts.of(SUM_DIVIDED, rest, shift, scale);
    return List.of(z, rest, sum, scale, meanOfX, Parts.of(DIVIDED_TWICE, sum, scale));
  }

  private Tensor mean(Tensor x) {
    Tensor sum = Parts.of(Fold.of(Reduction.SUM, axes, true), x);
    return Parts.of(DIVIDE, sum, count(x.dtype(), x.shape()));
  }

  private Tensor squares(Tensor x, Tensor mean) {
    return Parts.of(new Fold(Reduction.SUM, SQUARE, axes, true), x, mean);
  }

  private Tensor count(DType dtype, Shape shape) {
    return Tensor.scalar(dtype, Scales.count(shape, axes));
  }

  private boolean areUsual(Tensor mean, Tensor squares, int count) {
    return Dispatch.look(
        List.of(mean, squares), read -> areUsualNumbers(read.get(0), read.get(1), count));
  }

  private boolean areUsualNumbers(Tensor mean, Tensor squares, int count) {
    if (Views.array(mean) instanceof float[] means) {
      float[] sums = (float[]) Views.array(squares);
      return FloatMoments.areUsual(means, sums, mean.size(), count, small);
    }
    double[] means = (double[]) Views.array(mean);
    double[] sums = (double[]) Views.array(squares);
    return DoubleMoments.areUsual(means, sums, mean.size(), count, small);
  }

  /** Whether the mean is so much larger than the deviation. */
  static boolean cancels(double mean, double squares, int count, DType dtype) {
    double ratio = dtype == DType.FLOAT32 ? 0x1p8 : 0x1p24;
    return mean * mean * count > ratio * ratio * squares;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING.output(0).output(1).output(3);
  }

  /** s (what z gets, what its squares get, and for every element a part of what m gets). */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor ofZ = gradients.get(0);
    Tensor ofMean = gradients.get(1);
    Tensor ofSum = gradients.get(2);
    Tensor z = call.output(0);
    Tensor mean = call.output(1);
    Tensor scale = call.output(3).detach();
    List<Formula> terms = new ArrayList<>(3);
    if (ofZ != null) {
      terms.add(OF_Z);
    }
    if (ofSum != null) {
      terms.add(THROUGH_Z);
      Fold fold = new Fold(Reduction.SUM, THROUGH_MEAN, axes, true);
      Tensor through = fold.applyTo(z, mean, ofSum);
      ofMean = ofMean == null ? through : ofMean.add(through);
    }
    Tensor each = null;
    if (ofMean != null) {
      terms.add(EACH);
      each = DIVIDED_GRADIENT.applyTo(ofMean, count(z.dtype(), z.shape()));
    }
    if (terms.isEmpty()) {
      return Gradient.of(each);
    }
    Formula sum = terms.stream().reduce(Formula::add).orElseThrow();
    List<Tensor> read = new ArrayList<>(List.of(z, mean));
    for (Tensor tensor : Gradient.of(ofSum, scale, ofZ, each)) {
      read.add(tensor == null ? scale : tensor);
    }
    return Gradient.of(Parts.function(sum.mul(SCALE), read.size()).apply(read).getFirst());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moments moments
        && Arrays.equals(axes, moments.axes)
        && small == moments.small;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return "moments along " + Arrays.toString(axes);
  }
}
