package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Recording;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.kernel.products.RepeatedProduct;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.MatMul;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All steps of a recurrent layer as one operation: at each step, formulas of what the input adds to
 * every gate, of h W^T, and of the states before it; the first state is h.
 *
 * <p>Inputs: what the input adds, [steps, n, gates size]; W, [gates size, size]; the states before
 * the first step, each [n, size]; and what each step reads besides, each [n, size]. Outputs: what
 * each formula gives at each step, [steps, n, size], in the places of the steps whatever their
 * order.
 *
 * <p>Formulas count their inputs so: gates of the input, gates of h W^T, states, what is read
 * besides. The first formulas give the new states. What the derivatives read of gates must be among
 * the results, since gates themselves are not kept.
 *
 * <p>Every element of h W^T is one chain of fused multiply-adds in the order of k, as in {@link
 * MatMul}. The gradient of W adds up the products of the steps from the last step to the first.
 *
 * @param cell the formulas
 * @param gates how many blocks of rows W has
 * @param states how many of the results go on to the next step
 * @param backwards whether the last step of the sequence comes first
 */
public record Recurrence(List<Formula> cell, int gates, int states, boolean backwards)
    implements PrimitiveOp {
  private static final String NAME = "recurrence";
  private static final BoundedCache<Key, Plan> PLANS = new BoundedCache<>(256);

  public Recurrence {
    cell = List.copyOf(Present.all(NAME, "cell", cell));
    if (gates < 1 || states < 1 || states > cell.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "recurrence: at least one gate and one state, and no more states than formulas, not"
                  + " %d, %d and %d",
              gates,
              states,
              cell.size()));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    int least = Math.max(states, read() - 2 * gates);
    Checks.atLeast(NAME, 2 + least, inputs);
    DType dtype = Checks.floating(NAME, inputs);
    Shape x = inputs.get(0).shape();
    Shape weight = inputs.get(1).shape();
    int size = weight.rank() == 2 ? weight.dim(1) : -1;
    int n = x.rank() == 3 ? x.dim(1) : -1;
    boolean fits =
        size > 0
            && n >= 0
            && x.dim(0) > 0
            && x.dim(2) == (long) gates * size
            && weight.dim(0) == x.dim(2);
    for (TensorType other : inputs.subList(2, inputs.size())) {
      fits = fits && other.shape().equals(Shape.of(n, size));
    }
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "recurrence: takes [steps, n, %d size] with at least one step, a weight [%d size,"
                  + " size] and %d or more tensors [n, size], not %s",
              gates,
              gates,
              least,
              Shape.join(Checks.shapes(inputs))));
    }
    TensorType each = new TensorType(dtype, Shape.of(x.dim(0), n, size));
    return cell.stream().map(_ -> each).toList();
  }

  /**
   * The states after each step. Where nothing is recorded, nothing else is computed: what besides
   * them the cell gives is for the reverse pass.
   */
  public List<Tensor> states(List<Tensor> inputs) {
    boolean isRecorded = Recording.isOn() && inputs.stream().anyMatch(Tensor::isTracked);
    Recurrence op =
        isRecorded ? this : new Recurrence(cell.subList(0, states), gates, states, backwards);
    return op.apply(inputs).subList(0, states);
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    Steps steps = Steps.of(call.inputType(0).shape(), gates, backwards);
    if (steps.block() == 0) {
      return;
    }
    Tensor turned = Views.transposed(call.input(1));
    DType dtype = turned.dtype();
    RepeatedProduct hidden =
        new RepeatedProduct(
            dtype, Views.operand(turned), steps.n(), steps.size(), steps.columns());
    Object product = Scratch.borrow(dtype, steps.n() * hidden.stride());
    Loop loop = new Loop(this, steps, call, product, hidden.stride(), outputs);
    for (int turn = 0; turn < steps.count(); turn++) {
      hidden.run(loop.state(0, turn), product);
      loop.run(turn);
    }
    Scratch.giveBack(product);
    hidden.giveBack();
  }

  /** How many inputs formulas read, those before the last one that is read included. */
  private int read() {
    return cell.stream().mapToInt(Formula::inputs).max().orElse(0);
  }

  /** What a plan depends on. */
  private record Key(
      List<Formula> cell, int gates, DType dtype, int n, int size, int productStride) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && cell.equals(that.cell)
          && gates == that.gates
          && dtype == that.dtype
          && n == that.n
          && size == that.size
          && productStride == that.productStride;
    }

    @Override
    public int hashCode() {
      int code = 31 * (31 * cell.hashCode() + gates) + dtype.hashCode();
      return 31 * (31 * (31 * code + n) + size) + productStride;
    }
  }

  private Plan plan(Key key) {
    List<int[]> strides = new ArrayList<>();
    for (int i = 0; i < read(); i++) {
      boolean isGate = i < gates;
      int others = i < 2 * gates ? key.productStride : key.size;
      strides.add(new int[] {isGate ? gates * key.size : others, 1});
    }
    int[] dims = {key.n, key.size};
    return MapStages.of(cell, read()).planOfPart(key.dtype, dims, strides, cell.size());
  }

  /** The formulas at each step. */
  private static final class Loop {
    private final Recurrence op;
    private final Steps steps;
    private final Tensor x;
    private final Object product;
    private final int productStride;

    /** States before the first step, then what is read besides. */
    private final List<Tensor> others = new ArrayList<>();

    private final List<Tensor> results;
    private final Plan plan;

    Loop(
        Recurrence op,
        Steps steps,
        Call call,
        Object product,
        int productStride,
        Outputs outputs) {
      this.op = op;
      this.steps = steps;
      this.x = Views.contiguous(call.input(0));
      this.product = product;
      this.productStride = productStride;
      for (int i = 2; i < call.inputs(); i++) {
        others.add(Views.contiguous(call.input(i)));
      }
      this.results = Views.all(outputs, op.cell.size());
      this.plan =
          PLANS.get(
              new Key(op.cell, op.gates, x.dtype(), steps.n(), steps.size(), productStride),
              op::plan);
    }

    /** A state before a step. */
    Operand state(int number, int turn) {
      return turn == 0 ? at(others.get(number), 0) : at(results.get(number), steps.at(turn - 1));
    }

    private Operand at(Tensor states, int step) {
      int offset = Views.layout(states).offset() + step * steps.block();
      return new Operand(Views.array(states), offset, new int[] {steps.size(), 1});
    }

    private Operand input(int i, int turn) {
      int gate = i % op.gates * steps.size();
      if (i < op.gates) {
        int offset = Views.layout(x).offset() + steps.at(turn) * steps.wide() + gate;
        return new Operand(Views.array(x), offset, new int[] {steps.columns(), 1});
      }
      if (i < 2 * op.gates) {
        return new Operand(product, gate, new int[] {productStride, 1});
      }
      int number = i - 2 * op.gates;
      return number < op.states ? state(number, turn) : at(others.get(number), 0);
    }

    void run(int turn) {
      int read = op.read();
      Object[] arrays = new Object[read + results.size()];
      int[] offsets = new int[arrays.length];
      for (int i = 0; i < arrays.length; i++) {
        Operand operand = i < read ? input(i, turn) : at(results.get(i - read), steps.at(turn));
        arrays[i] = operand.array();
        offsets[i] = operand.offset();
      }
      plan.run(arrays, offsets);
    }
  }

  /** All but what the input adds, of which nothing is read again. */
  @Override
  public Saved saved(Call call) {
    Saved saved = Saved.NOTHING;
    for (int i = 1; i < call.inputs(); i++) {
      saved = saved.input(i);
    }
    for (int k = 0; k < cell.size(); k++) {
      saved = saved.output(k);
    }
    return saved;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<Tensor> read = new ArrayList<>();
    for (int i = 1; i < call.inputs(); i++) {
      read.add(call.input(i));
    }
    for (int k = 0; k < cell.size(); k++) {
      read.add(call.output(k));
    }
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        read.add(gradient);
      }
    }
    List<Integer> given =
        IntStream.range(0, cell.size()).filter(k -> gradients.get(k) != null).boxed().toList();
    boolean ofWeight = call.needsGradient(1);
    List<@Nullable Tensor> all =
        new ArrayList<>(new RecurrenceGradient(this, given, ofWeight).apply(read));
    if (!ofWeight) {
      all.add(1, null);
    }
    return all;
  }
}
