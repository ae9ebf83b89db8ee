package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.kernel.FoldLoop;
import dev.lanegrad.autodiff.internal.kernel.MapStages;
import dev.lanegrad.autodiff.internal.kernel.Operand;
import java.util.ArrayList;
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
    List<Operand> operands = List.of(new Operand(x, 0, UNIT));
    int[] dims = {task.size()};
    boolean[] reduced = {true};
    Object result = LoopTask.array(task.dtype(), 0);
    Formula element = Formula.input(0);
    return () -> FoldLoop.run(reduction, element, task.dtype(), dims, reduced, operands, result);
  }

  /**
   * A formula over arrays.
   *
   * @param result receives the array of results
   */
  static Runnable map(
      Formula formula, DType dtype, List<Object> inputs, int size, Object[] result) {
    List<Operand> operands = new ArrayList<>();
    inputs.forEach(x -> operands.add(new Operand(x, 0, UNIT)));
    result[0] = LoopTask.array(dtype, new double[size]);
    List<Operand> outputs = List.of(new Operand(result[0], 0, UNIT));
    MapStages stages = MapStages.of(List.of(formula), inputs.size());
    int[] dims = {size};
    return () -> stages.run(dtype, dims, operands, outputs);
  }
}
