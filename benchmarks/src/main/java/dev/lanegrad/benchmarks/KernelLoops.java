package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.loops.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.loops.MapStages;
import dev.lanegrad.autodiff.internal.kernel.loops.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lanegrad's loops on arrays, without what a tensor costs. */
final class KernelLoops {
  private static final int[] UNIT = {1};

  private KernelLoops() {}

  static Runnable prepare(LoopTask task) {
    Object x = LoopTask.array(task.dtype(), task.numbers());
    return switch (task.function()) {
      case ADD, MUL ->
          map(formula(task.function()), task.dtype(), List.of(x, x), task.size(), new Object[1]);
      case SUM -> fold(Reduction.SUM, task, x);
      case MAX -> fold(Reduction.MAX, task, x);
      default ->
          map(formula(task.function()), task.dtype(), List.of(x), task.size(), new Object[1]);
    };
  }

  private static Formula formula(Operation function) {
    Formula x = Formula.input(0);
    return switch (function) {
      case ADD -> x.add(Formula.input(1));
      case MUL -> x.mul(Formula.input(1));
      case EXP -> x.exp();
      case EXPM1 -> x.expm1();
      case TANH -> x.tanh();
      case LOG -> x.log();
      case LOG1P -> x.log1p();
      case SIN -> x.sin();
      case COS -> x.cos();
      case SIGMOID -> x.sigmoid();
      case GELU -> x.gelu();
      default -> throw new IllegalArgumentException("no loop for " + function);
    };
  }

  private static Runnable fold(Reduction reduction, LoopTask task, Object x) {
    int[] dims = {task.size()};
    boolean[] reduced = {true};
    Plan plan =
        FoldLoop.plan(reduction, Formula.input(0), task.dtype(), dims, reduced, List.of(UNIT));
    Object[] arrays = {x, LoopTask.array(task.dtype(), 0)};
    int[] offsets = {0, 0};
    return () -> plan.run(arrays, offsets);
  }

  /**
   * A formula over arrays.
   *
   * @param result receives the array of results
   */
  static Runnable map(
      Formula formula, DType dtype, List<Object> inputs, int size, Object[] result) {
    result[0] = LoopTask.array(dtype, new double[size]);
    List<Object> arrays = new ArrayList<>(inputs);
    arrays.add(result[0]);
    int count = inputs.size();
    Plan plan =
        MapStages.of(List.of(formula), count)
            .plan(dtype, new int[] {size}, Collections.nCopies(count, UNIT), 1);
    Object[] given = arrays.toArray();
    int[] offsets = new int[given.length];
    return () -> plan.run(given, offsets);
  }
}
