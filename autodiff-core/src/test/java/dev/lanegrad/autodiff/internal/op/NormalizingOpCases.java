package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.List;
import java.util.function.IntFunction;

/** The softmax family. */
final class NormalizingOpCases {
  private static final double INF = Double.POSITIVE_INFINITY;

  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Softmax.class)
              .example(new Softmax(0), vector(0.25, 0.75), vector(0, Math.log(3)))
              .example(
                  new Softmax(1),
                  matrix(row(0.5, 0.5), row(0, 1)),
                  matrix(row(1e4, 1e4), row(-INF, 3)))
              .example(new Softmax(0, 0.5), vector(0.25, 0.75), vector(0, 2 * Math.log(3)))
              .sample(draw -> along(draw, Softmax::new))
              .rejects("softmax: axis 1 is out of range", () -> zeros(2).softmax(1))
              .rejects("softmax: axis 1 is out of range", new Softmax(1), zeros(2))
              .rejects("softmax: dtypes must be", () -> Tensor.ofInts(1, 2).softmax(0)),
          new OpRow(LogSoftmax.class)
              .example(
                  new LogSoftmax(0), vector(Math.log(0.25), Math.log(0.75)), vector(0, Math.log(3)))
              .example(new LogSoftmax(0), vector(0, -1e5), vector(1e5, 0))
              .sample(draw -> along(draw, LogSoftmax::new))
              .rejects("logSoftmax: axis -2 is out of range", () -> zeros(2).logSoftmax(-2))
              .rejects("logSoftmax: axis 1 is out of range", new LogSoftmax(1), zeros(2)),
          new OpRow(LogSumExp.class)
              .example(
                  new LogSumExp(0),
                  List.of(vector(Math.log(4)), vector(0), vector(Math.log(4)), vector(0)),
                  vector(0, Math.log(3)))
              .example(
                  new LogSumExp(0),
                  List.of(vector(-INF), vector(0), vector(-INF), vector(0)),
                  vector(-INF, -INF))
              .example(
                  new LogSumExp(0),
                  List.of(vector(INF), vector(0), vector(INF), vector(1)),
                  vector(INF, 3))
              .example(
                  new LogSumExp(0),
                  List.of(vector(-INF), vector(0), vector(-INF), vector(0)),
                  vector())
              .example(
                  new LogSumExp(1),
                  List.of(
                      matrix(row(1e5), row(-1e8 + Math.log(2))),
                      matrix(row(0), row(-1e8)),
                      matrix(row(1e5), row(Math.log(2))),
                      matrix(row(0), row(0))),
                  matrix(row(1e5, 0), row(-1e8, -1e8)))
              .sample(draw -> along(draw, LogSumExp::new))
              .rejects("logSumExp: axis 2 is out of range", () -> zeros(2).logSumExp(2))
              .rejects("logSumExp: axis 1 is out of range", new LogSumExp(1), zeros(2)));

  private NormalizingOpCases() {}

  private static Sample along(Draw draw, IntFunction<Op> op) {
    int[] dims = draw.shape(1, 3).toArray();
    int axis = draw.between(0, dims.length - 1);
    dims[axis] = Math.max(dims[axis], 1);
    Tensor x = draw.normal(Shape.of(dims));
    return Sample.of(op.apply(axis), x);
  }
}
