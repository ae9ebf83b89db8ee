package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.RisingAxes;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.Saved;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum along axes divided by the count, NaN of nothing. Where the sum overflows, it is taken of
 * x / 2^k instead, with 2^k not below the count.
 *
 * <p>Shapes: [.., n, ..] gives [.., ..], or [.., 1, ..].
 *
 * @param axes each from 0 to rank - 1
 * @param keepAxes whether folded axes stay, with length 1
 */
public record Mean(int[] axes, boolean keepAxes) implements CompositeOp {
  private static final Formula X = Formula.input(0);
  private static final Formula Y = Formula.input(1);
  private static final Elementwise DIVIDE = Elementwise.of(X.div(Y));
  private static final Elementwise PULL_BACK = Elementwise.of(X.mul(Y.reciprocal()));
  private static final Elementwise SCALE = Elementwise.of(X.mul(Y));

  /** The second where the first is not finite. */
  private static final Elementwise CHOOSE = Elementwise.of(X.sub(X).equal(0).where(X, Y));

  public Mean {
    axes = RisingAxes.of(axes);
  }

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    DType dtype = Checks.floating(name(), inputs);
    Shape kept = Scales.kept(name(), inputs.getFirst().shape(), axes);
    return List.of(new TensorType(dtype, keepAxes ? kept : without(kept)));
  }

  private Shape without(Shape kept) {
    int[] dims = new int[kept.rank() - axes.length];
    int count = 0;
    for (int a = 0; a < kept.rank(); a++) {
      if (Arrays.binarySearch(axes, a) < 0) {
        dims[count++] = kept.dim(a);
      }
    }
    return Shape.of(dims);
  }

  @Override
  public List<Tensor> forward(Call call) {
    Tensor x = call.input(0);
    Fold sum = Fold.of(Reduction.SUM, axes, keepAxes);
    int count = Scales.count(x.shape(), axes);
    Tensor mean = Parts.of(DIVIDE, Parts.of(sum, x), Tensor.scalar(x.dtype(), count));
    if (count < 2 || Dispatch.look(mean, Scales::areFinite)) {
      return List.of(mean);
    }
    double scale = 0.5 / Integer.highestOneBit(count);
    Tensor scaled = Parts.of(sum, Parts.of(SCALE, x, Tensor.scalar(x.dtype(), scale)));
    Tensor again = Parts.of(DIVIDE, scaled, Tensor.scalar(x.dtype(), count * scale));
    return List.of(Parts.of(CHOOSE, mean, again));
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  /** g / n for every element. */
  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    Tensor gradient = gradients.getFirst();
    if (gradient == null) {
      return Gradient.of(gradient);
    }
    Shape shape = call.inputType(0).shape();
    Tensor count = Tensor.scalar(gradient.dtype(), Scales.count(shape, axes));
    Tensor each = PULL_BACK.applyTo(gradient, count);
    return Gradient.of(each.reshape(Scales.kept(name(), shape, axes).toArray()).expand(shape));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mean mean
        && Arrays.equals(axes, mean.axes)
        && keepAxes == mean.keepAxes;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(axes);
  }

  @Override
  public String toString() {
    return "mean along " + Arrays.toString(axes);
  }
}
