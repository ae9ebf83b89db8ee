package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the tests know of one class of operations: results written down, random calls, and calls
 * that must be refused.
 */
final class OpRow {
  /** How many orders of derivatives a call has. */
  enum Smooth {
    /** No gradient flows, or float32 takes part. */
    NOT,
    ONCE,
    TWICE
  }

  /**
   * One call.
   *
   * @param differentiated what is checked instead of all outputs together, or null
   */
  record Sample(
      Op op,
      List<Tensor> inputs,
      Smooth smooth,
      @Nullable BiFunction<Op, List<Tensor>, Tensor> differentiated) {
    static Sample of(Op op, Tensor... inputs) {
      return new Sample(op, List.of(inputs), Smooth.TWICE, null);
    }

    Sample of(Op changed) {
      return new Sample(changed, inputs, smooth, differentiated);
    }

    Sample with(Smooth changed) {
      return new Sample(op, inputs, changed, differentiated);
    }

    Sample differentiating(BiFunction<Op, List<Tensor>, Tensor> function) {
      return new Sample(op, inputs, smooth, function);
    }

    GradientCheck check() {
      return check(op);
    }

    /** The check of another operation in the place of this one. */
    GradientCheck check(Op other) {
      GradientCheck check =
          differentiated == null
              ? GradientCheck.of(other)
              : GradientCheck.ofMany(x -> differentiated.apply(other, x));
      return check.order(smooth == Smooth.TWICE ? 2 : 1);
    }

    @Override
    public String toString() {
      return op + " of " + inputs.stream().map(Tensor::type).toList();
    }
  }

  /** A call and what it gives. */
  record Example(Op op, List<Tensor> inputs, List<Tensor> expected) {}

  /** A call that is refused with a message that contains a fragment. */
  record Rejection(Runnable call, String fragment) {}

  private final Class<? extends Op> type;
  private final List<Example> examples = new ArrayList<>();
  private final List<Function<Draw, Sample>> samplers = new ArrayList<>();
  private final List<Integer> constants = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  OpRow(Class<? extends Op> type) {
    this.type = type;
  }

  Class<? extends Op> type() {
    return type;
  }

  List<Example> examples() {
    return examples;
  }

  List<Function<Draw, Sample>> samplers() {
    return samplers;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  OpRow example(Op op, Tensor expected, Tensor... inputs) {
    return example(op, List.of(expected), inputs);
  }

  OpRow example(Op op, List<Tensor> expected, Tensor... inputs) {
    examples.add(new Example(op, List.of(inputs), expected));
    return this;
  }

  /** The inputs that no gradient flows to although they are floating-point. */
  List<Integer> constants() {
    return constants;
  }

  OpRow constants(Integer... inputs) {
    constants.addAll(List.of(inputs));
    return this;
  }

  OpRow sample(Function<Draw, Sample> sampler) {
    samplers.add(sampler);
    return this;
  }

  OpRow rejects(String fragment, Op op, Tensor... inputs) {
    return rejects(fragment, () -> op.apply(List.of(inputs)));
  }

  OpRow rejects(String fragment, Runnable call) {
    rejections.add(new Rejection(call, fragment));
    return this;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}
