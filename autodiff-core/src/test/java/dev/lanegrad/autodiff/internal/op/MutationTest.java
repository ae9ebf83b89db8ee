package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.internal.op.MutatedOp.Mutation;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Would the gradient checks notice a wrong rule? Every reverse rule is made wrong in several ways,
 * and the checks must find nearly all of them.
 */
@Tag("thorough")
class MutationTest {
  private static final int TRIES = 12;
  private static final double WANTED = 0.95;

  @Test
  void wrongReverseRulesAreFound() {
    Score score = new Score("reverse rules");
    for (OpRow row : OpCases.ALL) {
      for (int input : differentiableInputs(row)) {
        for (Mutation mutation : Mutation.values()) {
          String name = row + ", input " + input + ", " + mutation;
          if (!row.constants().contains(input)) {
            score.count(name, isFound(row, input, mutation));
          }
        }
      }
    }
    score.assertHigh();
  }

  private static List<Integer> differentiableInputs(OpRow row) {
    List<Integer> inputs = new ArrayList<>();
    Sample sample = row.samplers().getFirst().apply(new Draw(0));
    for (int i = 0; i < sample.inputs().size(); i++) {
      boolean floating = sample.inputs().get(i).dtype().isFloating();
      if (floating && sample.smooth() != Smooth.NOT) {
        inputs.add(i);
      }
    }
    return inputs;
  }

  private static boolean isFound(OpRow row, int input, Mutation mutation) {
    for (int number = 0; number < TRIES; number++) {
      for (var sampler : row.samplers()) {
        Sample sample = sampler.apply(new Draw(number));
        boolean applies = sample.smooth() != Smooth.NOT && input < sample.inputs().size();
        if (applies && fails(new MutatedOp(sample.op(), input, mutation), sample)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean fails(MutatedOp mutant, Sample sample) {
    return !passes(sample.check(mutant), sample.inputs().toArray(Tensor[]::new));
  }

  private static boolean passes(GradientCheck check, Tensor... inputs) {
    try {
      return check.check(inputs).passed();
    } catch (LanegradException e) {
      return false;
    }
  }

  /** How many mutants were found, and which were not. */
  private static final class Score {
    private final String what;
    private final List<String> survivors = new ArrayList<>();
    private int mutants;

    Score(String what) {
      this.what = what;
    }

    void count(String mutant, boolean found) {
      mutants++;
      if (!found) {
        survivors.add(mutant);
      }
    }

    void assertHigh() {
      double found = 1 - (double) survivors.size() / mutants;
      System.out.printf(
          "mutations of %s: %d of %d found (%.1f %%), survivors: %s%n",
          what, mutants - survivors.size(), mutants, 100 * found, survivors);
      assertTrue(mutants > 100, () -> "only " + mutants + " mutants");
      assertTrue(found >= WANTED, () -> "survivors: " + survivors);
    }
  }
}
