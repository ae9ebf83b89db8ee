package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.kernel.products.RepeatedProduct;
import dev.lanegrad.autodiff.internal.kernel.products.SumOfProducts;
import dev.lanegrad.autodiff.internal.op.RecurrenceRule.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@link RecurrenceGradient}: at each the formulas of the cell in reverse, then the
 * product with W. The gradient of W comes last, if it is asked for.
 */
final class RecurrenceReverse {
  private static final BoundedCache<Key, Plan> PLANS = new BoundedCache<>(256);

  private record Key(RecurrenceRule rule, DType dtype, int n, int size, int productStride) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && rule.equals(that.rule)
          && dtype == that.dtype
          && n == that.n
          && size == that.size
          && productStride == that.productStride;
    }

    @Override
    public int hashCode() {
      int code = 31 * rule.hashCode() + dtype.hashCode();
      return 31 * (31 * (31 * code + n) + size) + productStride;
    }
  }

  private final RecurrenceGradient.Inputs inputs;
  private final RecurrenceRule rule;
  private final Steps steps;
  private final DType dtype;
  private final List<Tensor> outputs;
  private final List<Object> borrowed = new ArrayList<>();

  /** What formulas read: views of one step where they differ from step to step. */
  private final Object[] arrays;

  /** What formulas give, of this step and of the last one in turn. */
  private final Object[] made;

  private final Object[] madeBefore;
  private final RepeatedProduct back;
  private final Object product;
  private final boolean ofWeight;

  RecurrenceReverse(
      RecurrenceGradient gradient, RecurrenceGradient.Inputs inputs, List<Tensor> outputs) {
    Recurrence op = gradient.recurrence();
    this.ofWeight = gradient.ofWeight();
    this.inputs = contiguous(inputs);
    this.rule = inputs.rule();
    this.outputs = outputs;
    this.steps = Steps.of(outputs.getFirst().shape(), op.gates(), op.backwards());
    this.dtype = outputs.getFirst().dtype();
    int count = rule.formulas().size();
    this.arrays = new Object[rule.reads().size() + count];
    this.made = new Object[count];
    this.madeBefore = new Object[count];
    for (int k = 0; k < count; k++) {
      made[k] = borrow(steps.block());
      boolean goesOn = rule.state().contains(k) || rule.sum().contains(k);
      madeBefore[k] = goesOn ? borrow(steps.block()) : made[k];
      Rows.fill(madeBefore[k], 0, steps.block(), -0.0); // which leaves what it is added to
    }
    this.back =
        new RepeatedProduct(
            dtype, Views.operand(inputs.weight()), steps.n(), steps.columns(), steps.size());
    this.product = borrow(steps.n() * back.stride());
    Rows.fill(product, 0, steps.n() * back.stride(), -0.0);
  }

  private static RecurrenceGradient.Inputs contiguous(RecurrenceGradient.Inputs inputs) {
    List<@Nullable Tensor> given = new ArrayList<>();
    for (Tensor gradient : inputs.given()) {
      given.add(gradient == null ? null : Views.contiguous(gradient));
    }
    return new RecurrenceGradient.Inputs(
        inputs.rule(),
        inputs.weight(),
        contiguous(inputs.states()),
        contiguous(inputs.others()),
        contiguous(inputs.results()),
        given);
  }

  private static List<Tensor> contiguous(List<Tensor> tensors) {
    return tensors.stream().map(Views::contiguous).toList();
  }

  private Object borrow(int size) {
    Object array = Scratch.borrow(dtype, size);
    borrowed.add(array);
    return array;
  }

  void run() {
    if (steps.block() == 0) {
      outputs.forEach(output -> Views.fill(output, 0));
    } else {
      boolean isShared = rule.hidden().equals(rule.input());
      Object ofInput = Views.array(outputs.getFirst());
      Object hidden = isShared ? ofInput : borrow(steps.count() * steps.wide());
      Plan plan =
          PLANS.get(new Key(rule, dtype, steps.n(), steps.size(), back.stride()), this::plan);
      for (int turn = steps.count() - 1; turn >= 0; turn--) {
        runCell(plan, turn);
        join(rule.input(), ofInput, turn);
        if (!isShared) {
          join(rule.hidden(), hidden, turn);
        }
        back.run(gates(hidden, turn), product);
        swap();
      }
      storeStates();
      if (ofWeight) {
        sumOfSteps(hidden).into(Views.array(outputs.get(1)));
      }
    }
    back.giveBack();
    borrowed.forEach(Scratch::giveBack);
  }

  private Plan plan(Key key) {
    int reads = rule.reads().size();
    List<int[]> strides = new ArrayList<>();
    for (Read read : rule.reads()) {
      int stride = read.kind() == RecurrenceRule.Kind.PRODUCT ? key.productStride : key.size;
      strides.add(new int[] {stride, 1});
    }
    int[] dims = {key.n, key.size};
    return MapStages.of(rule.formulas(), reads)
        .plan(key.dtype, dims, strides, rule.formulas().size());
  }

  private void runCell(Plan plan, int turn) {
    int reads = rule.reads().size();
    int[] offsets = new int[arrays.length];
    for (int i = 0; i < reads; i++) {
      Operand read = read(rule.reads().get(i), turn);
      arrays[i] = read.array();
      offsets[i] = read.offset();
    }
    System.arraycopy(made, 0, arrays, reads, made.length);
    plan.run(arrays, offsets);
  }

  private Operand read(Read read, int turn) {
    int number = read.number();
    int step = steps.at(turn);
    return switch (read.kind()) {
      case STATE -> before(number, turn);
      case OTHER -> at(inputs.others().get(number), 0);
      case RESULT -> at(inputs.results().get(number), step);
      case GIVEN -> at(Objects.requireNonNull(inputs.given().get(number)), step);
      case CARRIED -> scratch(madeBefore[rule.state().get(number)]);
      case PRODUCT -> scratch(product);
      case SUM -> scratch(madeBefore[rule.sum().get(number)]);
    };
  }

  private Operand before(int state, int turn) {
    return turn == 0
        ? at(inputs.states().get(state), 0)
        : at(inputs.results().get(state), steps.at(turn - 1));
  }

  private Operand at(Tensor tensor, int step) {
    int offset = Views.layout(tensor).offset() + step * steps.block();
    return new Operand(Views.array(tensor), offset, new int[] {steps.size(), 1});
  }

  private Operand gates(Object all, int turn) {
    int offset = steps.at(turn) * steps.wide();
    return new Operand(all, offset, new int[] {steps.columns(), 1});
  }

  private Operand scratch(Object array) {
    return new Operand(array, 0, new int[] {steps.size(), 1});
  }

  /** Gates side by side in each row. */
  private void join(List<Integer> gates, Object target, int turn) {
    int size = steps.size();
    for (int i = 0; i < steps.n(); i++) {
      int to = steps.at(turn) * steps.wide() + i * steps.columns();
      for (int gate = 0; gate < gates.size(); gate++) {
        System.arraycopy(made[gates.get(gate)], i * size, target, to + gate * size, size);
      }
    }
  }

  private void swap() {
    for (int k = 0; k < made.length; k++) {
      Object last = madeBefore[k];
      madeBefore[k] = made[k];
      made[k] = last;
    }
  }

  private void storeStates() {
    int states = inputs.states().size();
    int first = ofWeight ? 2 : 1;
    for (int k = 0; k < states; k++) {
      Object target = Views.array(outputs.get(first + k));
      int place = rule.state().get(k);
      if (place < 0) {
        Rows.fill(target, 0, steps.block(), k == 0 ? -0.0 : 0);
      } else {
        System.arraycopy(madeBefore[place], 0, target, 0, steps.block());
      }
      if (k == 0) {
        addProduct(target);
      }
    }
    for (int j = 0; j < inputs.others().size(); j++) {
      Object target = Views.array(outputs.get(first + states + j));
      System.arraycopy(madeBefore[rule.sum().get(j)], 0, target, 0, steps.block());
    }
  }

  private void addProduct(Object target) {
    for (int i = 1; i < steps.n(); i++) {
      System.arraycopy(product, i * back.stride(), product, i * steps.size(), steps.size());
    }
    Rows.add(product, target, steps.block());
  }

  /** The gradient of W, from the last step to the first. */
  private SumOfProducts sumOfSteps(Object hidden) {
    int last = steps.count() - 1;
    int step = (steps.at(0) - steps.at(Math.min(1, last))) * steps.wide();
    int[] strides = {step, steps.columns(), 1};
    Operand ofGates = new Operand(hidden, steps.at(last) * steps.wide(), strides);
    List<Operand> states = new ArrayList<>();
    for (int turn = last; turn >= 0; turn--) {
      states.add(before(0, turn));
    }
    return new SumOfProducts(dtype, ofGates, states, steps.columns(), steps.n(), steps.size());
  }
}
