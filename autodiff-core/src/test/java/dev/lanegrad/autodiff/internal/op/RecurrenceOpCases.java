package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What goes from step to step. */
final class RecurrenceOpCases {
  /** h' = x + h W. */
  private static final List<Formula> SUM = List.of(Formula.input(0).add(Formula.input(1)));

  /** h' = tanh(x + h W). */
  private static final List<Formula> TANH = List.of(SUM.getFirst().tanh(), SUM.getFirst());

  private static final Tensor ONE = Tensor.of(new double[][] {{1}});
  private static final Tensor TWO = Tensor.of(new double[][] {{2}});
  private static final List<Integer> FIRST = List.of(0);

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Recurrence.class)
              .example(new Recurrence(SUM, 1, 1, false), sequence(3, 9), sequence(1, 3), TWO, ONE)
              .example(new Recurrence(SUM, 1, 1, true), sequence(11, 5), sequence(1, 3), TWO, ONE)
              .example(
                  new Recurrence(TANH, 1, 1, false),
                  List.of(zeros(2, 0, 3), zeros(2, 0, 3)),
                  zeros(2, 0, 3),
                  zeros(3, 3),
                  zeros(0, 3))
              .sample(RecurrenceOpCases::plain)
              .sample(RecurrenceOpCases::ofTwoStates)
              .sample(RecurrenceOpCases::withOther)
              .rejects(
                  "recurrence: takes [steps, n, 1 size] with at least one step, a weight [1 size,"
                      + " size] and 1 or more tensors [n, size], not [0, 2, 3] x [3, 3] x [2, 3]",
                  new Recurrence(TANH, 1, 1, false),
                  zeros(0, 2, 3),
                  zeros(3, 3),
                  zeros(2, 3))
              .rejects(
                  "and 1 or more tensors [n, size], not [4, 2, 3] x [3, 3] x [3, 2]",
                  new Recurrence(TANH, 1, 1, false),
                  zeros(4, 2, 3),
                  zeros(3, 3),
                  zeros(3, 2))
              .rejects(
                  "recurrence: dtypes must be all float32 or all float64",
                  new Recurrence(TANH, 1, 1, false),
                  zeros(4, 2, 3),
                  zeros32(3, 3),
                  zeros(2, 3))
              .rejects("no more states than formulas", () -> new Recurrence(SUM, 1, 2, false))
              .rejects(
                  "recurrence: a derivative reads gates, which are not kept",
                  () ->
                      new Recurrence(List.of(Formula.input(0).mul(Formula.input(1))), 1, 1, false)
                          .applyTo(zeros(1, 1, 1).requiresGrad(), TWO, ONE)
                          .sum()
                          .backward()),
          new OpRow(RecurrenceGradient.class)
              .example(
                  new RecurrenceGradient(new Recurrence(SUM, 1, 1, false), FIRST, true),
                  List.of(
                      sequence(21, 10),
                      Tensor.of(new double[][] {{51}}),
                      Tensor.of(new double[][] {{42}})),
                  TWO,
                  ONE,
                  sequence(3, 9),
                  sequence(1, 10))
              .example(
                  new RecurrenceGradient(new Recurrence(SUM, 1, 1, false), FIRST, false),
                  List.of(sequence(21, 10), Tensor.of(new double[][] {{42}})),
                  TWO,
                  ONE,
                  sequence(3, 9),
                  sequence(1, 10))
              .rejects(
                  "recurrenceGradient: takes a weight [1 size, size], 1 or more tensors [n, size]"
                      + " and 2 [steps, n, size], not [2, 2] x [3, 2] x [4, 3, 2] x [4, 2, 3]",
                  new RecurrenceGradient(new Recurrence(SUM, 1, 1, false), FIRST, true),
                  zeros(2, 2),
                  zeros(3, 2),
                  zeros(4, 3, 2),
                  zeros(4, 2, 3))
              .sample(draw -> gradientOf(draw, plain(draw)))
              .sample(draw -> gradientOf(draw, ofTwoStates(draw)))
              .sample(draw -> gradientOf(draw, withOther(draw))));

  private RecurrenceOpCases() {}

  /** One feature of one sequence. */
  private static Tensor sequence(double... numbers) {
    return Tensor.of(numbers).reshape(numbers.length, 1, 1);
  }

  private static Formula sum(int gates, int gate) {
    return Formula.input(gate).add(Formula.input(gates + gate));
  }

  private static Sample plain(Draw draw) {
    return sample(draw, new Recurrence(TANH, 1, 1, draw.chance(0.5)), 0);
  }

  /** h' = o tanh(c') and c' = f c + x, with f and o of x and h. */
  private static Sample ofTwoStates(Draw draw) {
    List<Formula> sums = List.of(sum(3, 0), sum(3, 1), sum(3, 2));
    Formula forget = sums.get(0).sigmoid();
    Formula out = sums.get(1).sigmoid();
    Formula candidate = sums.get(2).tanh();
    Formula cell = forget.mul(Formula.input(7)).add(candidate);
    Formula squashed = cell.tanh();
    List<Formula> cells =
        new ArrayList<>(List.of(out.mul(squashed), cell, forget, out, candidate, squashed));
    cells.addAll(sums);
    return sample(draw, new Recurrence(cells, 3, 2, draw.chance(0.5)), 0);
  }

  /** h' = z h + tanh(r (h W + b)), where b is read at every step. */
  private static Sample withOther(Draw draw) {
    Formula mixed = sum(2, 0).sigmoid();
    Formula late = Formula.input(3).add(Formula.input(5));
    Formula sum = Formula.input(1).add(mixed.mul(late));
    Formula next = mixed.mul(Formula.input(4)).add(sum.tanh());
    List<Formula> cells = List.of(next, mixed, sum, late, sum(2, 0));
    return sample(draw, new Recurrence(cells, 2, 1, draw.chance(0.5)), 1);
  }

  private static Sample sample(Draw draw, Recurrence op, int others) {
    int steps = draw.between(1, 3);
    int n = draw.between(0, 2);
    int size = draw.between(1, 2);
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(draw.normal(steps, n, op.gates() * size));
    inputs.add(draw.normal(op.gates() * size, size));
    for (int i = 0; i < op.states() + others; i++) {
      inputs.add(draw.normal(n, size));
    }
    return Sample.of(op, inputs.toArray(Tensor[]::new));
  }

  /** With results and gradients that are any numbers. */
  private static Sample gradientOf(Draw draw, Sample forward) {
    Recurrence op = (Recurrence) forward.op();
    List<Tensor> inputs = new ArrayList<>(forward.inputs().subList(1, forward.inputs().size()));
    int[] dims =
        op.infer(forward.inputs().stream().map(Tensor::type).toList()).getFirst().shape().toArray();
    op.cell().forEach(_ -> inputs.add(draw.normal(dims)));
    List<Integer> given =
        IntStream.range(0, op.cell().size())
            .filter(k -> k == 0 || draw.chance(0.5))
            .boxed()
            .toList();
    given.forEach(_ -> inputs.add(draw.normal(dims)));
    return Sample.of(new RecurrenceGradient(op, given, true), inputs.toArray(Tensor[]::new));
  }
}
