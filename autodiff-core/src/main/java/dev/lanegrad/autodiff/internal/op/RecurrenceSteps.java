package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.RecurrenceRule.Read;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link RecurrenceReverse} computes, by tensor operations, for derivatives of its own. */
final class RecurrenceSteps {
  private final RecurrenceGradient.Inputs inputs;
  private final RecurrenceRule rule;
  private final Steps steps;
  private final Elementwise cell;

  /** What the steps so far gave; -0 leaves what it is added to as it is. */
  private Tensor product;

  private final Tensor[] carried;
  private final Tensor[] sums;

  private final boolean ofWeight;

  RecurrenceSteps(RecurrenceGradient gradient, RecurrenceGradient.Inputs inputs) {
    Recurrence op = gradient.recurrence();
    this.ofWeight = gradient.ofWeight();
    this.inputs = inputs;
    this.rule = inputs.rule();
    this.cell = Elementwise.of(rule.formulas().toArray(Formula[]::new));
    Shape result = inputs.results().getFirst().shape();
    this.steps = new Steps(result.dim(0), result.dim(1), op.gates(), result.dim(2), op.backwards());
    this.product = Tensor.full(inputs.weight().dtype(), -0.0, result.dim(1), result.dim(2));
    this.carried = new Tensor[inputs.states().size()];
    this.sums = new Tensor[inputs.others().size()];
    Arrays.fill(carried, product);
    Arrays.fill(sums, product);
  }

  /** Gradients of what the input adds, of W if asked for, of states, of what is read besides. */
  List<Tensor> run() {
    List<@Nullable Tensor> ofInput =
        new ArrayList<>(Collections.nCopies(steps.count(), (Tensor) null));
    Tensor sum = null;
    for (int turn = steps.count() - 1; turn >= 0; turn--) {
      int at = turn;
      List<Tensor> made = cell.apply(rule.reads().stream().map(read -> read(read, at)).toList());
      Tensor hidden = joined(made, rule.hidden());
      ofInput.set(steps.at(turn), joined(made, rule.input()));
      product = hidden.matmul(inputs.weight());
      if (ofWeight) {
        Tensor ofStep = hidden.transpose().matmul(before(0, turn));
        sum = sum == null ? ofStep : sum.add(ofStep);
      }
      for (int k = 0; k < carried.length; k++) {
        int place = rule.state().get(k);
        carried[k] = place < 0 ? carried[k] : made.get(place);
      }
      for (int j = 0; j < sums.length; j++) {
        sums[j] = made.get(rule.sum().get(j));
      }
    }
    carried[0] = carried[0].add(product);
    List<Tensor> all = new ArrayList<>();
    all.add(Tensor.stack(0, ofInput.stream().map(Objects::requireNonNull).toList()));
    if (sum != null) {
      all.add(sum);
    }
    all.addAll(Arrays.asList(carried));
    all.addAll(Arrays.asList(sums));
    return all;
  }

  private static Tensor joined(List<Tensor> made, List<Integer> gates) {
    return Tensor.concat(1, gates.stream().map(made::get).toList());
  }

  private Tensor before(int state, int turn) {
    return turn == 0
        ? inputs.states().get(state)
        : inputs.results().get(state).select(0, steps.at(turn - 1));
  }

  private Tensor read(Read read, int turn) {
    int number = read.number();
    int step = steps.at(turn);
    return switch (read.kind()) {
      case STATE -> before(number, turn);
      case OTHER -> inputs.others().get(number);
      case RESULT -> inputs.results().get(number).select(0, step);
      case GIVEN -> Objects.requireNonNull(inputs.given().get(number)).select(0, step);
      case CARRIED -> carried[number];
      case PRODUCT -> product;
      case SUM -> sums[number];
    };
  }
}
