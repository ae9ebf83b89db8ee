package dev.lanegrad.autodiff.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.OpRow.Smooth;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reverse rules with one thing wrong in them are caught by the samples of their row. */
class WrongRulesTest {
  private static final int SAMPLES = 20;
  private static final double CAUGHT = 0.95;

  /** What is wrong. */
  private enum Mistake {
    FACTOR(g -> g.mul(1.001)),
    SIGN(Tensor::neg),
    MISSING(g -> null),
    SUMMAND(g -> g.add(0.01)),
    ORDER(g -> g.flip().add(0)),
    ROUNDING(g -> g.mul(8).round().div(8)),
    NOT_DIFFERENTIABLE(Tensor::detach);

    private final Function<Tensor, @Nullable Tensor> change;

    Mistake(Function<Tensor, @Nullable Tensor> change) {
      this.change = change;
    }

    boolean showsAt(Smooth smooth) {
      return this != NOT_DIFFERENTIABLE || smooth == Smooth.TWICE;
    }
  }

  /** An operation whose gradient for one input is changed. */
  private record Wrong(Op op, int input, Mistake mistake) implements Op {
    @Override
    public String name() {
      return op.name();
    }

    @Override
    public List<TensorType> infer(List<Tensor> inputs) {
      return op.infer(inputs);
    }

    @Override
    public List<Tensor> forward(Call call) {
      return op.forward(call);
    }

    @Override
    public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
      List<@Nullable Tensor> changed = new ArrayList<>(op.vjp(call, gradients));
      Tensor gradient = changed.get(input);
      changed.set(input, gradient == null ? null : mistake.change.apply(gradient));
      return changed;
    }
  }

  @Test
  void wrongRulesAreCaught() {
    List<String> survivors = new ArrayList<>();
    int[] mutants = {0};
    for (OpRow row : OpCases.ALL) {
      for (int s = 0; s < row.samplers().size(); s++) {
        Function<Draw, Sample> sampler = row.samplers().get(s);
        Sample first = sampler.apply(new Draw(0));
        for (int i = 0; i < first.inputs().size(); i++) {
          for (Mistake mistake : Mistake.values()) {
            if (first.inputs().get(i).dtype().isFloating() && mistake.showsAt(first.smooth())) {
              int input = i;
              boolean caught = isCaught(sampler, op -> new Wrong(op, input, mistake), mutants);
              if (!caught) {
                survivors.add("%s, sampler %d, input %d: %s".formatted(row, s, i, mistake));
              }
            }
          }
        }
      }
    }
    int caught = mutants[0] - survivors.size();
    System.out.printf("wrong reverse rules: %,d of %,d caught%n", caught, mutants[0]);
    survivors.forEach(survivor -> System.out.println("  not caught: " + survivor));
    assertTrue(caught >= CAUGHT * mutants[0], () -> String.join("\n", survivors));
  }

  private static boolean isCaught(
      Function<Draw, Sample> sampler, Function<Op, Wrong> wrong, int[] mutants) {
    boolean differentiable = false;
    for (int number = 0; number < SAMPLES; number++) {
      Sample sample = sampler.apply(new Draw(number));
      differentiable |= sample.smooth() != Smooth.NOT;
      if (differentiable && isCaught(sample, wrong.apply(sample.op()))) {
        mutants[0]++;
        return true;
      }
    }
    mutants[0] += differentiable ? 1 : 0;
    return !differentiable;
  }

  private static boolean isCaught(Sample sample, Wrong wrong) {
    Tensor[] inputs = sample.inputs().toArray(Tensor[]::new);
    if (wrong.input >= inputs.length) {
      return false;
    }
    return !sample.check(wrong).directions(2).check(inputs).passed();
  }
}
