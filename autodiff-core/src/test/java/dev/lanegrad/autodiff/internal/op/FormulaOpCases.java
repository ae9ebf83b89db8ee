package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.scalar;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.List;

/** Formulas evaluated for every element, and folded. */
final class FormulaOpCases {
  private static final Formula A = Formula.input(0);
  private static final Formula B = Formula.input(1);
  private static final Formula C = Formula.input(2);

  private static final Elementwise TRIPLE = Elementwise.of(A.fma(B, C.tanh()));
  private static final Elementwise PAIR = Elementwise.of(A.mul(B), A.sub(B).exp());
  private static final Elementwise SECOND = Elementwise.of(B.mul(B));
  private static final Elementwise LARGER = Elementwise.of((a, b) -> a.maximum(b).mul(a));
  private static final Elementwise CONSTANT = Elementwise.of(Formula.constant(3), A);

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Elementwise.class)
              .example(
                  PAIR, List.of(vector(6, 0), vector(Math.exp(1), 1)), vector(3, 0), vector(2, 0))
              .example(
                  TRIPLE,
                  matrix(row(0, 1), row(0, 2)),
                  vector(0, 1),
                  matrix(row(1), row(2)),
                  scalar(0))
              .example(CONSTANT, List.of(vector(3, 3), vector(5, 7)), vector(5, 7))
              .example(PAIR, List.of(zeros(0, 2), zeros(0, 2)), zeros(0, 1), zeros(2))
              .sample(draw -> broadcast(draw, TRIPLE, 3))
              .sample(draw -> broadcast(draw, PAIR, 2))
              .sample(draw -> broadcast(draw, SECOND, 2))
              .sample(draw -> Sample.of(LARGER, draw.distinct(Shape.of(3, 4)), draw.normal(4)))
              .sample(draw -> Sample.of(CONSTANT, draw.normal(draw.shape(0, 3))))
              .rejects(
                  "mul: shapes do not broadcast: [2, 3] x [2] (3 against 2 in dimension -1)",
                  () -> zeros(2, 3).mul(zeros(2)))
              .rejects(
                  "add: dtypes must be all float32 or all float64: float64[2] x float32[2]",
                  () -> zeros(2).add(zeros32(2)))
              .rejects(
                  "exp: dtypes must be all float32 or all float64: int32[1]",
                  () -> Tensor.ofInts(1).exp())
              .rejects("elementwise: takes 2 inputs, 1 were given: float64[2]", PAIR, zeros(2))
              .rejects("elementwise: takes 1 inputs, 0 were given", CONSTANT)
              .rejects("elementwise: no formula given", () -> Elementwise.of(new Formula[0])),
          new OpRow(Fold.class)
              .example(
                  Fold.of(Reduction.SUM, new int[] {0}, false), vector(3, 5, 7), counting(2, 3))
              .example(
                  Fold.of(Reduction.SUM, new int[] {1}, true),
                  matrix(row(3), row(12)),
                  counting(2, 3))
              .example(Fold.of(Reduction.SUM, new int[] {0, 1}, false), scalar(15), counting(2, 3))
              .example(Fold.of(Reduction.SUM, new int[0], false), counting(2, 3), counting(2, 3))
              .example(Fold.of(Reduction.SUM, new int[] {1, 0}, false), scalar(15), counting(2, 3))
              .example(Fold.of(Reduction.MAX, new int[] {1}, false), vector(2, 5), counting(2, 3))
              .example(
                  Fold.of(Reduction.MIN, new int[] {0}, false), vector(0, 1, 2), counting(2, 3))
              .example(
                  product(0, 1),
                  scalar(5 + 2 * 13),
                  counting(2, 2).add(1).slice(1, 1, 2),
                  matrix(row(1, 1.5), row(3, 3.5)))
              .example(Fold.of(Reduction.SUM, new int[] {1}, false), zeros(2), zeros(2, 0))
              .example(Fold.of(Reduction.MAX, new int[] {1}, false), zeros(0), zeros(0, 3))
              .sample(FormulaOpCases::sum)
              .sample(FormulaOpCases::sumOfProducts)
              .sample(FormulaOpCases::extreme)
              .sample(
                  draw ->
                      Sample.of(
                          Fold.of(Reduction.SUM, new int[0], true), draw.normal(draw.shape(0, 2))))
              .rejects("max: axis 1 of shape [2, 0] is empty", () -> zeros(2, 0).max(1))
              .rejects("min: axis 0 of shape [0] is empty", () -> zeros(0).min())
              .rejects(
                  "sum: axis 2 is out of range for shape [2, 3] (from -2 to 1)",
                  () -> zeros(2, 3).sum(2))
              .rejects("mean: axis -3 is out of range", () -> zeros(2, 3).mean(-3))
              .rejects(
                  "sum: axis 1 is given twice in [1, -1] for shape [2, 3]",
                  () -> zeros(2, 3).sum(1, -1))
              .rejects(
                  "max: axis 0 is out of range for shape [] (a scalar has no axes)",
                  () -> scalar(1).max(0))
              .rejects(
                  "sum: axis 2 is out of range",
                  Fold.of(Reduction.SUM, new int[] {2}, false),
                  zeros(2, 3))
              .rejects("sum: shapes do not broadcast: [2] x [3]", product(0), zeros(2), zeros(3)));

  private FormulaOpCases() {}

  private static Fold product(int... axes) {
    return new Fold(Reduction.SUM, A.mul(B), axes, false);
  }

  private static Sample broadcast(Draw draw, Elementwise op, int inputs) {
    Shape space = draw.shape(0, 3);
    Tensor[] tensors = new Tensor[inputs];
    java.util.Arrays.setAll(tensors, i -> draw.normal(draw.broadcastingTo(space)));
    return Sample.of(op, tensors);
  }

  private static Sample sum(Draw draw) {
    Shape space = draw.shape(1, 4);
    Fold fold = Fold.of(Reduction.SUM, draw.axes(space), draw.chance(0.5));
    return Sample.of(fold, draw.normal(space));
  }

  private static Sample sumOfProducts(Draw draw) {
    Shape space = draw.shape(1, 3);
    Formula formula = A.mul(B).add(B.square().mul(C));
    Fold fold = new Fold(Reduction.SUM, formula, draw.axes(space), draw.chance(0.5));
    return Sample.of(
        fold,
        draw.normal(space),
        draw.normal(draw.broadcastingTo(space)),
        draw.normal(draw.broadcastingTo(space)));
  }

  private static Sample extreme(Draw draw) {
    Shape space = draw.fullShape(1, 3);
    Reduction reduction = draw.chance(0.5) ? Reduction.MAX : Reduction.MIN;
    Formula formula = draw.chance(0.5) ? A : A.mul(3).add(A.tanh());
    Fold fold = new Fold(reduction, formula, draw.axes(space), draw.chance(0.5));
    return Sample.of(fold, draw.distinct(space));
  }
}
