package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.List;
import java.util.function.Function;

/** Means, sums of powers, moments. */
final class StatisticsOpCases {
  private static final int[] FIRST = {0};
  private static final int[] SECOND = {1};

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Mean.class)
              .example(new Mean(FIRST, false), vector(1.5, 2.5, 3.5), counting(2, 3))
              .example(new Mean(SECOND, true), matrix(row(1), row(4)), counting(2, 3))
              .example(new Mean(FIRST, false), vector(Double.NaN, Double.NaN), zeros(0, 2))
              .example(
                  new Mean(SECOND, false),
                  vector(1.5e308, 2),
                  matrix(row(1.5e308, 1.5e308), row(1, 3)))
              .sample(draw -> along(draw, axes -> new Mean(axes, draw.chance(0.5))))
              .rejects("mean: axis 2 is out of range", new Mean(new int[] {2}, false), zeros(2, 3)),
          new OpRow(PowerSum.class)
              .example(
                  new PowerSum(2, SECOND, true),
                  List.of(
                      matrix(row(3, 4), row(192, 256), row(0x1p-8, 0)),
                      matrix(row(25), row(102_400), row(0x1p-16)),
                      matrix(row(1), row(0x1p-994), row(0x1p992))),
                  matrix(row(3, 4), row(0x1.8p1001, 0x1p1002), row(0x1p-1000, 0)))
              .example(
                  new PowerSum(3, FIRST, false),
                  List.of(vector(-1, 2), vector(9), vector(1)),
                  vector(-1, 2))
              .sample(draw -> along(draw, axes -> new PowerSum(2, axes, draw.chance(0.5))))
              .sample(draw -> Sample.of(new PowerSum(2.5, FIRST, true), draw.distinct(Shape.of(4))))
              .rejects(
                  "powerSum: axis 2 is out of range",
                  new PowerSum(2, new int[] {2}, true),
                  zeros(2, 3)),
          new OpRow(Moments.class)
              .example(
                  new Moments(SECOND, true),
                  List.of(
                      matrix(row(1, 3), row(-1, 1)),
                      matrix(row(2), row(0)),
                      matrix(row(2), row(2)),
                      matrix(row(1), row(1)),
                      matrix(row(2), row(0x1p40)),
                      matrix(row(2), row(2))),
                  matrix(row(1, 3), row(0x1p40 - 1, 0x1p40 + 1)))
              .sample(
                  draw ->
                      along(draw, axes -> new Moments(axes, draw.chance(0.5)))
                          .differentiating((op, x) -> first(4, op.apply(x))))
              .rejects("moments: dtypes must be", new Moments(FIRST, true), Tensor.ofInts(1)),
          new OpRow(Variance.class)
              .example(
                  new Variance(FIRST, 1),
                  List.of(vector(2), vector(1, 3), vector(2), vector(1)),
                  vector(1, 3))
              .sample(
                  draw ->
                      along(draw, axes -> new Variance(axes, 0))
                          .differentiating((op, x) -> first(3, op.apply(x))))
              .rejects("var: axis 1 is out of range", new Variance(SECOND, 1), zeros(2)),
          new OpRow(Root.class)
              .example(new Root(2), vector(3, 0, 4), vector(9, 0, 4), vector(1, 1, 0.5))
              .example(new Root(3), vector(2), vector(8), vector(1))
              .sample(draw -> root(draw, 2))
              .sample(draw -> root(draw, 3))
              .rejects("root: dtypes must be", new Root(2), zeros(2), zeros32(2))
              .rejects("root: takes 2 inputs, 1 were given", new Root(2), zeros(2))
              .rejects(
                  "root: sum [2] and scale [3] differ in shape", new Root(2), zeros(2), zeros(3)));

  private StatisticsOpCases() {}

  private static Sample along(Draw draw, Function<int[], Op> op) {
    Shape shape = draw.fullShape(1, 3);
    int[] axes = {draw.axis(shape), draw.axis(shape)};
    int[] dims = shape.toArray();
    dims[axes[0]] += 2;
    return Sample.of(op.apply(axes), draw.distinct(Shape.of(dims))); // equal ones are shifted to 0
  }

  /** The first outputs together, as one tensor that all of them enter. */
  private static Tensor first(int count, List<Tensor> outputs) {
    return outputs.subList(0, count).stream().reduce(Tensor::add).orElseThrow();
  }

  private static Sample root(Draw draw, double order) {
    Shape shape = draw.shape(0, 2);
    Tensor scale = Tensor.full(DType.FLOAT64, 0.5, shape.toArray());
    return Sample.of(new Root(order), draw.uniform(0.5, 2, shape), scale)
        .differentiating((op, x) -> op.applyTo(x.getFirst(), scale));
  }
}
