package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulLoop;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import dev.lanegrad.autodiff.internal.op.RecurrenceRule.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@link RecurrenceGradient}: at each the formulas of the cell in reverse, then the
 * product with W. The gradient of W comes last, some of its rows for all steps before the next
 * ones, so that they stay in the cache.
 */
final class RecurrenceReverse {
  /** Elements of the weight's gradient that are summed at once. */
  private static final int ELEMENTS = 1 << 12;

  private static final int[] NO_BATCH = {};
  private static final BoundedCache<Key, Plan> PLANS = new BoundedCache<>(256);

  private record Key(RecurrenceRule rule, DType dtype, int n, int size) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && rule.equals(that.rule)
          && dtype == that.dtype
          && n == that.n
          && size == that.size;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * rule.hashCode() + dtype.hashCode()) + n) + size;
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
  private final Object product;

  RecurrenceReverse(Recurrence op, RecurrenceGradient.Inputs inputs, List<Tensor> outputs) {
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
    this.product = borrow(steps.block());
    Rows.fill(product, 0, steps.block(), -0.0);
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
      Plan plan = PLANS.get(new Key(rule, dtype, steps.n(), steps.size()), this::plan);
      for (int turn = steps.count() - 1; turn >= 0; turn--) {
        runCell(plan, turn);
        join(rule.input(), ofInput, turn);
        if (!isShared) {
          join(rule.hidden(), hidden, turn);
        }
        MatMulLoop.run(
            NO_BATCH,
            new Operand(hidden, steps.at(turn) * steps.wide(), new int[] {steps.columns(), 1}),
            Views.operand(inputs.weight()),
            product,
            steps.n(),
            steps.columns(),
            steps.size(),
            Finish.NONE);
        swap();
      }
      storeStates();
      multiplyAll(hidden);
    }
    borrowed.forEach(Scratch::giveBack);
  }

  private Plan plan(Key key) {
    int reads = rule.reads().size();
    List<int[]> strides = Collections.nCopies(reads, new int[] {key.size, 1});
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
    for (int k = 0; k < states; k++) {
      Object target = Views.array(outputs.get(2 + k));
      int place = rule.state().get(k);
      if (place < 0) {
        Rows.fill(target, 0, steps.block(), k == 0 ? -0.0 : 0);
      } else {
        System.arraycopy(madeBefore[place], 0, target, 0, steps.block());
      }
      if (k == 0) {
        Rows.add(product, target, steps.block());
      }
    }
    for (int j = 0; j < inputs.others().size(); j++) {
      Object target = Views.array(outputs.get(2 + states + j));
      System.arraycopy(madeBefore[rule.sum().get(j)], 0, target, 0, steps.block());
    }
  }

  private void multiplyAll(Object hidden) {
    int rows = Math.max(1, ELEMENTS / steps.size());
    int blocks = Math.ceilDiv(steps.columns(), rows);
    long operations = (long) steps.count() * steps.wide() * steps.size();
    Workers.ranges(
        blocks,
        operations,
        (_, first, end) -> {
          Object sum = Scratch.borrow(dtype, rows * steps.size());
          Object part = Scratch.borrow(dtype, rows * steps.size());
          for (int block = first; block < end; block++) {
            int row = block * rows;
            multiplyRows(hidden, row, Math.min(rows, steps.columns() - row), sum, part);
          }
          Scratch.giveBack(part);
          Scratch.giveBack(sum);
        });
  }

  /** From the last step to the first. */
  private void multiplyRows(Object hidden, int row, int rows, Object sum, Object part) {
    int count = rows * steps.size();
    for (int turn = steps.count() - 1; turn >= 0; turn--) {
      boolean isFirst = turn == steps.count() - 1;
      MatMulLoop.run(
          NO_BATCH,
          new Operand(hidden, steps.at(turn) * steps.wide() + row, new int[] {1, steps.columns()}),
          before(0, turn),
          isFirst ? sum : part,
          rows,
          steps.n(),
          steps.size(),
          Finish.NONE);
      if (!isFirst) {
        Rows.add(part, sum, count);
      }
    }
    System.arraycopy(sum, 0, Views.array(outputs.get(1)), row * steps.size(), count);
  }
}
