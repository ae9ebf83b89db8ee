package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.BoundedCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The formulas of one step of a recurrence in reverse.
 *
 * @param formulas all that is computed, each once
 * @param reads what their inputs are
 * @param input which formula is the gradient of each gate of the input
 * @param hidden which is that of each gate of h W^T
 * @param state which is what goes back to each state before the step, but for the product with W;
 *     -1 where nothing does
 * @param sum which is the sum, over the steps so far, of the gradient of each thing read besides
 */
record RecurrenceRule(
    List<Formula> formulas,
    List<Read> reads,
    List<Integer> input,
    List<Integer> hidden,
    List<Integer> state,
    List<Integer> sum) {
  private static final BoundedCache<Question, RecurrenceRule> KNOWN = new BoundedCache<>(256);

  /** What a rule depends on; {@code others} are read at every step. */
  private record Question(
      List<Formula> cell, int gates, int states, int others, List<Integer> given) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Question that
          && cell.equals(that.cell)
          && gates == that.gates
          && states == that.states
          && others == that.others
          && given.equals(that.given);
    }

    @Override
    public int hashCode() {
      int counts = 31 * (31 * gates + states) + others;
      return 31 * (31 * cell.hashCode() + counts) + given.hashCode();
    }
  }

  /** What a formula reads. */
  enum Kind {
    /** A state before the step. */
    STATE,
    /** What every step reads. */
    OTHER,
    /** A result of the step. */
    RESULT,
    /** A given gradient of a result. */
    GIVEN,
    /** What the next step gave for a state. */
    CARRIED,
    /** What the next step gave for h by the product with W. */
    PRODUCT,
    /** A sum over the later steps. */
    SUM
  }

  /** One of a kind. */
  record Read(Kind kind, int number) {}

  /** There is one for each question, as long as it is known. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  static RecurrenceRule of(Recurrence op, int others, List<Integer> given) {
    Question question = new Question(op.cell(), op.gates(), op.states(), others, given);
    RecurrenceRule known = KNOWN.find(question);
    return known != null ? known : KNOWN.put(question, new Maker(question).rule());
  }

  private static final class Maker {
    private final Question question;
    private final int states;
    private final List<Formula> cell;

    /** Inputs of the cell, then those that the rule has besides. */
    private final List<Read> inputs = new ArrayList<>();

    Maker(Question question) {
      this.question = question;
      this.states = question.states;
      this.cell = question.cell;
    }

    private Formula input(Kind kind, int number) {
      inputs.add(new Read(kind, number));
      return Formula.input(2 * question.gates + inputs.size() - 1);
    }

    RecurrenceRule rule() {
      int gates = question.gates;
      for (int k = 0; k < states; k++) {
        input(Kind.STATE, k);
      }
      for (int j = 0; j < question.others; j++) {
        input(Kind.OTHER, j);
      }
      int count = 2 * gates + inputs.size();
      List<Formula> parts = Formula.parts(cell);
      List<Formula> seeds = new ArrayList<>();
      Map<Formula, Formula> saved = new HashMap<>();
      for (int k = 0; k < cell.size(); k++) {
        seeds.add(seed(k, parts));
        saved.put(cell.get(k), input(Kind.RESULT, k));
      }
      List<Formula> gradients = Formula.pullback(cell, seeds, count);
      List<Formula> kept = Formula.replace(gradients, saved);
      LinkedHashSet<Formula> all = new LinkedHashSet<>(kept.subList(0, 2 * gates));
      List<Formula> sums = new ArrayList<>();
      for (int j = 0; j < question.others; j++) {
        sums.add(input(Kind.SUM, j).add(kept.get(2 * gates + states + j)));
      }
      List<Formula> ofStates = kept.subList(2 * gates, 2 * gates + states);
      for (int k = 0; k < states; k++) {
        if (isRead(k, parts)) {
          all.add(ofStates.get(k));
        }
      }
      all.addAll(sums);
      List<Formula> ordered = List.copyOf(all);
      List<Integer> carried = new ArrayList<>();
      for (int k = 0; k < states; k++) {
        carried.add(isRead(k, parts) ? ordered.indexOf(ofStates.get(k)) : -1);
      }
      return compact(
          ordered,
          places(ordered, kept.subList(0, gates)),
          places(ordered, kept.subList(gates, 2 * gates)),
          carried,
          places(ordered, sums));
    }

    private boolean isRead(int state, List<Formula> parts) {
      return parts.contains(Formula.input(2 * question.gates + state));
    }

    /** What comes from outside, then from the next step's cell, then from its product. */
    private Formula seed(int k, List<Formula> parts) {
      Formula seed = question.given.contains(k) ? input(Kind.GIVEN, k) : Formula.ZERO;
      if (k < states && isRead(k, parts)) {
        seed = plus(seed, input(Kind.CARRIED, k));
      }
      return k == 0 ? plus(seed, input(Kind.PRODUCT, 0)) : seed;
    }

    private static Formula plus(Formula seed, Formula more) {
      return seed.equals(Formula.ZERO) ? more : seed.add(more);
    }

    private static List<Integer> places(List<Formula> all, List<Formula> some) {
      return some.stream().map(all::indexOf).toList();
    }

    /** With inputs numbered as they are really read. */
    private RecurrenceRule compact(
        List<Formula> formulas,
        List<Integer> input,
        List<Integer> hidden,
        List<Integer> state,
        List<Integer> sum) {
      Map<Formula, Formula> renumbered = new HashMap<>();
      List<Read> reads = new ArrayList<>();
      for (Formula part : Formula.parts(formulas)) {
        if (part instanceof Formula.Input one) {
          int number = one.index() - 2 * question.gates;
          if (number < 0) {
            throw new IllegalArgumentException(
                "recurrence: a derivative reads gates, which are not kept; make what it reads a"
                    + " result of the cell: "
                    + cell);
          }
          renumbered.put(part, Formula.input(reads.size()));
          reads.add(inputs.get(number));
        }
      }
      return new RecurrenceRule(
          Formula.replace(formulas, renumbered), List.copyOf(reads), input, hidden, state, sum);
    }
  }
}
