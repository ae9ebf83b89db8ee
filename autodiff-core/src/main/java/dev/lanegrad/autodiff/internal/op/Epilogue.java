package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GradientException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of an operation's result (input 0) and of vectors along its rows, such as a bias and
 * an activation: stored in place of the result, part by part, while that is in the cache.
 *
 * <p>The result itself is then gone; so an operation that records itself takes only a function
 * whose gradient can do without it, see {@link #mayReplaceResult}.
 */
public final class Epilogue {
  /** The result as it is. */
  public static final Epilogue NONE = new Epilogue(Formula.input(0));

  private static final BoundedCache<Formula, Epilogue> KNOWN = new BoundedCache<>(1_024);
  private static final BoundedCache<Key, Plan> PLANS = new BoundedCache<>(1_024);

  private static final BoundedCache<Formula, Epilogue> AFTER_BIAS = new BoundedCache<>(1_024);

  private record Key(Formula formula, DType dtype, int rows, int columns) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && formula.equals(that.formula)
          && dtype == that.dtype
          && rows == that.rows
          && columns == that.columns;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * formula.hashCode() + dtype.hashCode()) + rows) + columns;
    }
  }

  private final Formula formula;
  private final int inputs;

  /** Worked out when first asked for, as two threads may do alike. */
  private volatile @Nullable Elementwise alone;

  private volatile @Nullable Boolean needsResult;

  private Epilogue(Formula formula) {
    this.formula = formula;
    this.inputs = Math.max(formula.inputs(), 1);
  }

  /** A function of a result as input 0 and of vectors as inputs 1, 2 and so on. */
  public static Epilogue of(Formula formula) {
    return formula == NONE.formula ? NONE : KNOWN.get(formula, Epilogue::new);
  }

  public Formula formula() {
    return formula;
  }

  /** The function as an operation of its own. */
  private Elementwise alone() {
    Elementwise known = alone;
    if (known == null) {
      known = Elementwise.of(formula);
      alone = known;
    }
    return known;
  }

  /** f(result + first vector). */
  public static Epilogue afterBias(Formula f) {
    return AFTER_BIAS.get(
        f,
        _ -> {
          Formula sum = Formula.input(0).add(Formula.input(1));
          return of(f.replace(Map.of(Formula.input(0), sum)));
        });
  }

  public boolean isNone() {
    return this == NONE;
  }

  /**
   * Whether the result may be lost: nothing is recorded, or the reverse rule does not read it.
   *
   * @param inputs of the operation
   */
  public boolean mayReplaceResult(List<Tensor> inputs) {
    return !isRecorded(inputs) || !needsResult();
  }

  /**
   * The function of an operation's result, in one pass if that may be lost, else in two.
   *
   * @param fused the operation with this function
   * @param plain the operation alone
   * @param operands its inputs, without the vectors
   */
  public Tensor inOnePassOrTwo(Op fused, Op plain, List<Tensor> operands, Tensor... vectors) {
    List<Tensor> inputs = followedBy(operands, vectors);
    return mayReplaceResult(inputs)
        ? fused.apply(inputs).getFirst()
        : of(plain.apply(operands).getFirst(), vectors);
  }

  /** The function in a pass of its own. */
  public Tensor of(Tensor result, Tensor... vectors) {
    return alone().apply(followedBy(List.of(result), vectors)).getFirst();
  }

  private static List<Tensor> followedBy(List<Tensor> operands, Tensor... vectors) {
    if (vectors.length == 0) {
      return operands;
    }
    List<Tensor> all = new ArrayList<>(operands.size() + vectors.length);
    all.addAll(operands);
    all.addAll(Arrays.asList(vectors));
    return all;
  }

  private static boolean isRecorded(List<Tensor> inputs) {
    for (Tensor input : inputs) {
      if (input.isTracked()) {
        return Recording.isOn();
      }
    }
    return false;
  }

  /** Whether the reverse rule reads the result that the function was applied to. */
  public boolean needsResult() {
    Boolean known = needsResult;
    if (known == null) {
      known = Parts.derivativesRead(alone(), 0);
      needsResult = known;
    }
    return known;
  }

  /** Applies a function without vectors to samples of the result, which are along its axis 0. */
  public Finish overSamples(Tensor result) {
    return over(result, result.size() / Math.max(1, result.shape().dim(0)), List.of());
  }

  /**
   * Applies the function to rows of the result.
   *
   * @param columns elements of a row
   * @param vectors of a row's length
   */
  public Finish over(Tensor result, int columns, List<Tensor> vectors) {
    if (isNone()) {
      return Finish.NONE;
    }
    return new Rows(this, result, Views.layout(result).offset(), columns, vectors);
  }

  private record Rows(
      Epilogue function, Tensor result, int start, int columns, List<Tensor> vectors)
      implements Finish {
    @Override
    public void rows(int first, int count) {
      function.apply(result, start + first * columns, count, columns, vectors);
    }
  }

  private void apply(Tensor result, int offset, int rows, int columns, List<Tensor> vectors) {
    Plan plan = PLANS.get(new Key(formula, result.dtype(), rows, columns), this::plan);
    Object[] arrays = new Object[inputs + 1];
    int[] offsets = new int[inputs + 1];
    for (int k = 0; k <= inputs; k++) {
      boolean isVector = k > 0 && k < inputs;
      arrays[k] = Views.array(isVector ? vectors.get(k - 1) : result);
      offsets[k] = isVector ? Views.layout(vectors.get(k - 1)).offset() : offset;
    }
    plan.run(arrays, offsets);
  }

  private Plan plan(Key key) {
    List<int[]> strides = new ArrayList<>(inputs);
    for (int k = 0; k < inputs; k++) {
      strides.add(new int[] {k == 0 ? key.columns : 0, 1});
    }
    int[] dims = {key.rows, key.columns};
    return MapStages.of(List.of(formula), inputs).planOfPart(key.dtype, dims, strides);
  }

  /**
   * The gradient of the result of an operation whose inputs are no vectors of the function.
   *
   * @param given the gradient of what replaced it
   */
  public @Nullable Tensor gradient(Call call, @Nullable Tensor given) {
    return given == null || isNone() ? given : gradients(call, call.inputs(), given).getFirst();
  }

  /**
   * The gradients of the result and of the vectors.
   *
   * @param call of the operation, whose inputs from {@code first} on are the vectors
   */
  public List<@Nullable Tensor> gradients(Call call, int first, Tensor given) {
    return alone().vjp(new Inner(call, first), List.of(given));
  }

  /**
   * What the gradients of the result and of the vectors read besides what the operation's own rule
   * does.
   *
   * @param first the number of the first input that is a vector
   */
  public Saved saved(Call call, int first, Saved ofOperation) {
    if (isNone()) {
      return ofOperation;
    }
    Saved own = alone().saved(new Inner(call, first));
    Saved all = own.hasOutput(0) ? ofOperation.output(0) : ofOperation;
    for (int i = first; i < call.inputs(); i++) {
      all = all.inputIf(own.hasInput(i - first + 1), i);
    }
    return all;
  }

  /** The function as if it were an operation of its own. */
  private record Inner(Call call, int first) implements Call {
    @Override
    public int inputs() {
      return call.inputs() - first + 1;
    }

    @Override
    public int outputs() {
      return call.outputs();
    }

    @Override
    public Tensor input(int i) {
      if (i == 0) {
        throw new GradientException(
            "the reverse rule of this epilogue reads the result that it replaced: "
                + "apply it as an operation of its own, as Convolutions and MatMul.of do");
      }
      return call.input(first + i - 1);
    }

    @Override
    public TensorType inputType(int i) {
      return i == 0 ? call.type(0) : call.inputType(first + i - 1);
    }

    @Override
    public Tensor output(int k) {
      return call.output(k);
    }

    @Override
    public TensorType type(int k) {
      return call.type(k);
    }

    @Override
    public boolean needsGradient(int i) {
      if (i > 0) {
        return call.needsGradient(first + i - 1);
      }
      boolean needed = false;
      for (int k = 0; k < first; k++) {
        needed |= call.needsGradient(k);
      }
      return needed;
    }
  }
}
