package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.List;

/** Indices, order, and chance. */
final class IndexOpCases {
  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Gather.class)
              .example(
                  new Gather(1),
                  matrix(row(2, 0), row(3, 3)),
                  counting(2, 3),
                  Tensor.ofInts(Shape.of(2, 2), 2, 0, 0, 0))
              .example(
                  new Gather(0),
                  matrix(row(3, 1, 5)),
                  counting(2, 3),
                  Tensor.ofInts(Shape.of(1, 3), 1, 0, 1))
              .example(new Gather(0), zeros(0), counting(3), Tensor.ofInts())
              .sample(IndexOpCases::gather)
              .rejects(
                  "gather: index 3 is out of range for axis 0 of shape [3] (0 to 2)",
                  () -> zeros(3).gather(0, Tensor.ofInts(0, 3)))
              .rejects(
                  "gather: index -1 is out of range", () -> zeros(3).gather(0, Tensor.ofInts(-1)))
              .rejects(
                  "gather: indices must be int32, not float64[1]",
                  () -> zeros(3).gather(0, zeros(1)))
              .rejects(
                  "gather: indices of shape [2, 2] do not match shape [3, 3] outside axis 1",
                  () -> zeros(3, 3).gather(1, Tensor.ofInts(Shape.of(2, 2), 0, 0, 0, 0)))
              .rejects(
                  "gather: indices of shape [1] do not match shape [3, 3]",
                  () -> zeros(3, 3).gather(1, Tensor.ofInts(1)))
              .rejects("gather: axis 1 is out of range", () -> zeros(3).gather(1, Tensor.ofInts(1)))
              .rejects("gather: axis 1 is out of range", new Gather(1), zeros(3), Tensor.ofInts(1))
              .rejects(
                  "indexSelect: indices must be a vector",
                  () -> zeros(3).indexSelect(0, Tensor.ofInts(Shape.of(1, 1), 0))),
          new OpRow(ScatterAdd.class)
              .example(
                  new ScatterAdd(0, 3), vector(0, 0, 6), vector(1, 2, 3), Tensor.ofInts(2, 2, 2))
              .example(
                  new ScatterAdd(1, 2),
                  matrix(row(0, 1), row(5, 0)),
                  counting(2, 2),
                  Tensor.ofInts(Shape.of(2, 2), 0, 1, 0, 0))
              .sample(IndexOpCases::scatter)
              .rejects(
                  "scatterAdd: values [3] and indices [2] differ in shape",
                  () -> zeros(3).scatterAdd(0, 4, Tensor.ofInts(0, 1)))
              .rejects(
                  "scatterAdd: index 4 is out of range for axis 0 of shape [4]",
                  () -> zeros(1).scatterAdd(0, 4, Tensor.ofInts(4)))
              .rejects(
                  "scatterAdd: indices must be int32", () -> zeros(1).scatterAdd(0, 4, zeros(1)))
              .rejects(
                  "scatterAdd: axis 1 is out of range",
                  new ScatterAdd(1, 2),
                  zeros(3),
                  Tensor.ofInts(0, 0, 0)),
          new OpRow(OneHot.class)
              .example(
                  new OneHot(3, DType.FLOAT64),
                  matrix(row(0, 0, 1), row(1, 0, 0)),
                  Tensor.ofInts(2, 0))
              .sample(
                  draw ->
                      Sample.of(new OneHot(4, DType.FLOAT64), draw.indices(4, draw.shape(0, 2)))
                          .with(Smooth.NOT))
              .rejects(
                  "oneHot: index 3 is out of range for 3 classes",
                  () -> Tensor.ofInts(3).oneHot(DType.FLOAT32, 3))
              .rejects(
                  "oneHot: index -1 is out of range",
                  () -> Tensor.ofInts(-1).oneHot(DType.FLOAT32, 3))
              .rejects(
                  "oneHot: indices must be int32, not float64[2]",
                  () -> zeros(2).oneHot(DType.FLOAT32, 3))
              .rejects(
                  "oneHot: makes float32 or float64, not int32",
                  () -> Tensor.ofInts(0).oneHot(DType.INT32, 3)),
          new OpRow(ArgMax.class)
              .example(new ArgMax(1, true), Tensor.ofInts(1, 0), matrix(row(1, 3, 3), row(2, 1, 0)))
              .example(
                  new ArgMax(0, false), Tensor.ofInts(0, 1, 1), matrix(row(1, 3, 3), row(2, 1, 0)))
              .example(
                  new ArgMax(0, true),
                  Tensor.ofInts(Shape.SCALAR, 1),
                  vector(1, Double.NaN, 5, Double.NaN))
              .sample(draw -> argmax(draw))
              .rejects("argmax: axis 0 of shape [0] is empty", () -> zeros(0).argmax(0))
              .rejects("argmin: axis 1 is out of range", () -> zeros(2).argmin(1))
              .rejects("argmax: axis 1 is out of range", new ArgMax(1, true), zeros(2)),
          new OpRow(PlaceOf.class)
              .example(
                  new PlaceOf(1),
                  Tensor.ofInts(1, -1),
                  matrix(row(1, 3, 3), row(2, 1, 0)),
                  vector(3, 4))
              .example(
                  new PlaceOf(0),
                  Tensor.ofInts(-1, 0, 1),
                  matrix(row(1, Double.NaN, 5), row(2, 1, 0)),
                  vector(3, Double.NaN, 0))
              .sample(draw -> placeOf(draw))
              .constants(0, 1)
              .rejects("placeOf: axis 0 of shape [0] is empty", new PlaceOf(0), zeros(0), zeros())
              .rejects(
                  "placeOf: values [3] are not one for each line along axis 1 of [2, 3]",
                  new PlaceOf(1),
                  zeros(2, 3),
                  zeros(3)),
          new OpRow(Sort.class)
              .example(
                  new Sort(0, false),
                  List.of(vector(1, 2, 3), Tensor.ofInts(1, 2, 0)),
                  vector(3, 1, 2))
              .example(
                  new Sort(1, true),
                  List.of(matrix(row(2, 2, 1)), Tensor.ofInts(Shape.of(1, 3), 0, 2, 1)),
                  matrix(row(2, 1, 2)))
              .example(
                  new Sort(0, false),
                  List.of(vector(-1, 4, Double.NaN), Tensor.ofInts(2, 1, 0)),
                  vector(Double.NaN, 4, -1))
              .example(
                  new Sort(0, true),
                  List.of(vector(1, 0, -0.0, 0), Tensor.ofInts(1, 0, 2, 3)),
                  vector(0, 1, -0.0, 0))
              .sample(IndexOpCases::sort)
              .rejects("sort: axis 1 is out of range", () -> zeros(2).sort(1))
              .rejects("sort: axis 1 is out of range", new Sort(1, true), zeros(2)),
          new OpRow(TopK.class)
              .example(
                  new TopK(2, 0), List.of(vector(3, 2), Tensor.ofInts(0, 2)), vector(3, 1, 2, 2))
              .example(
                  new TopK(1, 0),
                  List.of(matrix(row(5, 4, 3)), Tensor.ofInts(Shape.of(1, 3), 1, 0, 1)),
                  matrix(row(1, 4, 2), row(5, 4, 3)))
              .example(
                  new TopK(2, 0),
                  List.of(vector(Double.NaN, 4), Tensor.ofInts(1, 0)),
                  vector(4, Double.NaN, -1))
              .example(new TopK(0, 0), List.of(zeros(0), Tensor.ofInts()), vector(1, 2))
              .sample(IndexOpCases::topK)
              .rejects(
                  "topK: 3 elements asked for along axis 0 of shape [2]", () -> zeros(2).topK(3, 0))
              .rejects("topK: -1 elements asked for", () -> zeros(2).topK(-1, 0))
              .rejects("topK: axis 1 is out of range", new TopK(1, 1), zeros(2)),
          new OpRow(CumSum.class)
              .example(new CumSum(0, false), vector(1, 3, 6), vector(1, 2, 3))
              .example(new CumSum(1, true), matrix(row(3, 3, 2), row(12, 9, 5)), counting(2, 3))
              .example(new CumSum(0, false), zeros(0), zeros(0))
              .sample(IndexOpCases::cumsum)
              .rejects("cumsum: axis 1 is out of range", () -> zeros(2).cumsum(1))
              .rejects("cumsum: axis 1 is out of range", new CumSum(1, false), zeros(2)),
          new OpRow(CumMax.class)
              .example(
                  new CumMax(0, true),
                  List.of(vector(3, 3, 3, 4, 4), Tensor.ofInts(0, 0, 2, 3, 3)),
                  vector(3, 1, 3, 4, 2))
              .example(
                  new CumMax(0, false),
                  List.of(
                      matrix(row(0, 5, 2), row(-0.0, 4, 2)),
                      Tensor.ofInts(Shape.of(2, 3), 0, 0, 0, 1, 1, 1)),
                  matrix(row(0, 5, 2), row(-0.0, 4, 2)))
              .example(
                  new CumMax(1, true),
                  List.of(
                      matrix(row(2, Double.NaN, Double.NaN, Double.NaN)),
                      Tensor.ofInts(Shape.of(1, 4), 0, 1, 1, 3)),
                  matrix(row(2, Double.NaN, 7, Double.NaN)))
              .example(new CumMax(0, true), List.of(zeros(0), Tensor.ofInts()), zeros(0))
              .sample(IndexOpCases::cummax)
              .rejects("cummax: axis 1 is out of range", () -> zeros(2).cummax(1))
              .rejects("cummin: axis 1 is out of range", new CumMax(1, false), zeros(2))
              .rejects("cummax: dtypes must be", () -> Tensor.ofInts(1, 2).cummax(0)),
          new OpRow(Philox.class)
              // The first known answer of the authors' Random123: 6627e8d5 e169c58d bc57ac4c
              // 9b00dbd8
              .example(
                  new Philox(DType.FLOAT32, Shape.of(4)),
                  Tensor.of(0x6627e8p-24f, 0xe169c5p-24f, 0xbc57acp-24f, 0x9b00dbp-24f),
                  Tensor.ofInts(0, 0, 0, 0))
              .example(
                  new Philox(DType.FLOAT32, Shape.of(4)),
                  Tensor.of(0x6627e8p-24f, 0xe169c5p-24f, 0xbc57acp-24f, 0x9b00dbp-24f),
                  Tensor.of(0.0, 0))
              .sample(
                  draw ->
                      Sample.of(
                              new Philox(draw.floating(), draw.shape(0, 3)),
                              draw.indices(1_000, Shape.of(4)))
                          .with(Smooth.NOT))
              .rejects(
                  "philox: key and counter must be int32[4] or float64[2], not int32[3]",
                  new Philox(DType.FLOAT32, Shape.of(2)),
                  Tensor.ofInts(1, 2, 3))
              .rejects(
                  "philox: makes float32 or float64, not int32",
                  () -> new Philox(DType.INT32, Shape.of(2))));

  private IndexOpCases() {}

  private static Sample gather(Draw draw) {
    int[] dims = draw.fullShape(1, 3).toArray();
    int axis = draw.between(0, dims.length - 1);
    Tensor x = draw.normal(dims);
    int size = dims[axis];
    dims[axis] = draw.dim();
    return Sample.of(new Gather(axis), x, draw.indices(size, Shape.of(dims)));
  }

  private static Sample scatter(Draw draw) {
    Shape shape = draw.shape(1, 3);
    int size = draw.between(1, 4);
    return Sample.of(
        new ScatterAdd(draw.axis(shape), size), draw.normal(shape), draw.indices(size, shape));
  }

  private static Sample argmax(Draw draw) {
    Shape shape = draw.fullShape(1, 3);
    Op op = new ArgMax(draw.axis(shape), draw.chance(0.5));
    return Sample.of(op, draw.normal(shape)).with(Smooth.NOT);
  }

  private static Sample placeOf(Draw draw) {
    Shape shape = draw.fullShape(1, 3);
    int axis = draw.axis(shape);
    Tensor x = draw.normal(shape);
    return Sample.of(new PlaceOf(axis), x, x.max(axis)).with(Smooth.NOT);
  }

  private static Sample sort(Draw draw) {
    Shape shape = draw.shape(1, 3);
    return Sample.of(new Sort(draw.axis(shape), draw.chance(0.5)), draw.distinct(shape));
  }

  private static Sample topK(Draw draw) {
    Shape shape = draw.shape(1, 3);
    int axis = draw.axis(shape);
    return Sample.of(new TopK(draw.between(0, shape.dim(axis)), axis), draw.distinct(shape));
  }

  private static Sample cummax(Draw draw) {
    Shape shape = draw.shape(1, 3);
    return Sample.of(new CumMax(draw.axis(shape), draw.chance(0.5)), draw.distinct(shape));
  }

  private static Sample cumsum(Draw draw) {
    Shape shape = draw.shape(1, 3);
    return Sample.of(new CumSum(draw.axis(shape), draw.chance(0.5)), draw.normal(shape));
  }
}
