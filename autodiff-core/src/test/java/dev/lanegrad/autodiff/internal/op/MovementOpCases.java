package dev.lanegrad.autodiff.internal.op;

import static dev.lanegrad.autodiff.internal.op.OpCases.counting;
import static dev.lanegrad.autodiff.internal.op.OpCases.matrix;
import static dev.lanegrad.autodiff.internal.op.OpCases.row;
import static dev.lanegrad.autodiff.internal.op.OpCases.scalar;
import static dev.lanegrad.autodiff.internal.op.OpCases.vector;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros;
import static dev.lanegrad.autodiff.internal.op.OpCases.zeros32;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;
import java.util.List;

/** Elements brought to other places, or to another dtype. */
final class MovementOpCases {
  static final List<OpRow> ROWS =
      List.of(
          new OpRow(Reshape.class)
              .example(
                  new Reshape(Shape.of(3, 2)),
                  matrix(row(0, 1), row(2, 3), row(4, 5)),
                  counting(2, 3))
              .example(new Reshape(Shape.of(4)), vector(0, 2, 1, 3), counting(2, 2).transpose())
              .example(new Reshape(Shape.SCALAR), scalar(0), counting(1, 1))
              .example(new Reshape(Shape.of(0, 7)), zeros(0, 7), zeros(3, 0))
              .sample(MovementOpCases::reshape)
              .rejects(
                  "reshape: [2, 3] has 6 elements and cannot become [4, 2]",
                  () -> zeros(2, 3).reshape(4, 2))
              .rejects(
                  "reshape: [2, 3] has 6 elements and cannot become [4, -1]",
                  () -> zeros(2, 3).reshape(4, -1))
              .rejects("cannot become [-1, -1]", () -> zeros(2, 3).reshape(-1, -1))
              .rejects("cannot become [-2, 3]", () -> zeros(2, 3).reshape(-2, 3))
              .rejects("cannot become [0, -1]", () -> zeros(0, 3).reshape(0, -1))
              .rejects("reshape: [2] has 2 elements", new Reshape(Shape.of(3)), zeros(2)),
          new OpRow(Copy.class)
              .example(new Copy(), matrix(row(0, 2), row(1, 3)), counting(2, 2).transpose())
              .sample(draw -> Sample.of(new Copy(), draw.normal(draw.shape(0, 3))))
              .rejects("copy: takes 1 inputs, 2 were given", new Copy(), zeros(1), zeros(1)),
          new OpRow(Permute.class)
              .example(
                  new Permute(List.of(1, 0)),
                  matrix(row(0, 3), row(1, 4), row(2, 5)),
                  counting(2, 3))
              .example(
                  new Permute(List.of(2, 0, 1)),
                  Tensor.of(new double[][][] {{{0, 2}}, {{1, 3}}}),
                  counting(1, 2, 2))
              .sample(MovementOpCases::permute)
              .rejects(
                  "permute: [0, 0] does not name each of the 2 axes of shape [2, 3] once",
                  () -> zeros(2, 3).permute(0, 0))
              .rejects("permute: [1] does not name each", () -> zeros(2, 3).permute(1))
              .rejects("permute: axis 2 is out of range", () -> zeros(2, 3).permute(0, 2))
              .rejects("permute: [0, 2] does not name", new Permute(List.of(0, 2)), zeros(2, 3))
              .rejects("transpose: axis -2 is out of range", () -> zeros(2).transpose()),
          new OpRow(Expand.class)
              .example(new Expand(Shape.of(2, 3)), matrix(row(0, 1, 2), row(0, 1, 2)), counting(3))
              .example(new Expand(Shape.of(2, 2)), matrix(row(0, 0), row(1, 1)), counting(2, 1))
              .example(new Expand(Shape.of(0, 2)), zeros(0, 2), counting(1, 2))
              .sample(MovementOpCases::expand)
              .rejects(
                  "expand: [3] does not broadcast to [3, 1]", () -> zeros(3).expand(Shape.of(3, 1)))
              .rejects(
                  "expand: shapes do not broadcast: [3] x [4]", () -> zeros(3).expand(Shape.of(4)))
              .rejects(
                  "expand: [2, 3] does not broadcast to [3]",
                  () -> zeros(2, 3).expand(Shape.of(3))),
          new OpRow(Slice.class)
              .example(new Slice(1, 0, 2, 2), matrix(row(0, 2), row(3, 5)), counting(2, 3))
              .example(new Slice(0, 2, 3, -1), vector(2, 1, 0), counting(3))
              .example(new Slice(0, 1, 0, 1), zeros(0), counting(3))
              .sample(MovementOpCases::slice)
              .rejects(
                  "slice: 1 to 4 with step 1 does not lie in axis 0 of shape [3]",
                  () -> zeros(3).slice(0, 1, 4))
              .rejects("slice: -4 to 2 with step 1", () -> zeros(3).slice(0, -4, 2))
              .rejects("slice: 2 to 1 with step 1", () -> zeros(3).slice(0, 2, 1))
              .rejects("slice: 0 to 2 with step 0", () -> zeros(3).slice(0, 0, 2, 0))
              .rejects("slice: axis 1 is out of range", () -> zeros(3).slice(1, 0, 2))
              .rejects(
                  "slice: 3 elements from index 1 with step 1 do not lie in axis 0",
                  new Slice(0, 1, 3, 1),
                  zeros(3))
              .rejects(
                  "slice: 2 elements from index 0 with step -1", new Slice(0, 0, 2, -1), zeros(3))
              .rejects("slice: -1 elements", new Slice(0, 0, -1, 1), zeros(3))
              .rejects("slice: axis 2 is out of range", new Slice(2, 0, 1, 1), zeros(3))
              .rejects(
                  "select: index 3 is out of range for axis 0 of shape [3]",
                  () -> zeros(3).select(0, 3)),
          new OpRow(Split.class)
              .example(new Split(0, 2), List.of(vector(0, 1), vector(2)), counting(3))
              .example(
                  new Split(1, 1),
                  List.of(matrix(row(0), row(2)), matrix(row(1), row(3))),
                  counting(2, 2))
              .example(new Split(0, 2), List.of(), counting(0))
              .sample(MovementOpCases::split)
              .rejects("split: parts of length 0 of shape [3]", () -> zeros(3).split(0, 0))
              .rejects("split: axis 1 is out of range", () -> zeros(3).split(1, 2))
              .rejects("split: axis 1 is out of range", new Split(1, 2), zeros(3)),
          new OpRow(Unslice.class)
              .example(new Unslice(0, 1, 2, 5), vector(0, 7, 0, 8, 0), vector(7, 8))
              .example(new Unslice(0, 3, -1, 4), vector(0, 0, 8, 7), vector(7, 8))
              .example(new Unslice(0, 0, 1, 2), zeros(2), zeros(0))
              .sample(MovementOpCases::unslice)
              .rejects(
                  "unslice: axis 0 of shape [3] does not fit into 3 elements from index 1",
                  new Unslice(0, 1, 1, 3),
                  zeros(3))
              .rejects("unslice: axis 1 is out of range", new Unslice(1, 0, 1, 3), zeros(3)),
          new OpRow(Pad.class)
              .example(new Pad(0, 1, 2, 9), vector(9, 0, 1, 9, 9), counting(2))
              .example(new Pad(1, 0, 1, 0), matrix(row(0, 1, 0), row(2, 3, 0)), counting(2, 2))
              .sample(MovementOpCases::pad)
              .rejects(
                  "pad: -1 before and 0 after axis 0 of shape [3]: neither may be negative",
                  () -> zeros(3).pad(0, -1, 0, 0))
              .rejects("pad: axis 1 is out of range", () -> zeros(3).pad(1, 1, 0, 0))
              .rejects("pad: axis 1 is out of range", new Pad(1, 1, 0, 0), zeros(3))
              .rejects("pad: dtypes must be", new Pad(0, 1, 0, 0), Tensor.ofInts(1)),
          new OpRow(Concat.class)
              .example(new Concat(0), vector(0, 1, 0, 1, 2), counting(2), counting(3))
              .example(
                  new Concat(1), matrix(row(0, 0, 1), row(1, 2, 3)), counting(2, 1), counting(2, 2))
              .sample(MovementOpCases::concat)
              .rejects(
                  "concat: shapes differ outside axis 0: [2, 3] x [2, 2]",
                  () -> Tensor.concat(0, List.of(zeros(2, 3), zeros(2, 2))))
              .rejects(
                  "concat: shapes differ outside axis 0: [2] x [2, 2]",
                  () -> Tensor.concat(0, List.of(zeros(2), zeros(2, 2))))
              .rejects("concat: no tensors given", () -> Tensor.concat(0, List.of()))
              .rejects(
                  "concat: axis 2 is out of range", () -> Tensor.concat(2, List.of(zeros(2, 3))))
              .rejects("concat: axis 1 is out of range", new Concat(1), zeros(2))
              .rejects("concat: dtypes must be the same", new Concat(0), zeros(2), zeros32(2)),
          new OpRow(Cast.class)
              .example(new Cast(DType.INT32), Tensor.ofInts(1, -1, 0), vector(1.9, -1.9, 0))
              .example(new Cast(DType.FLOAT64), vector(1, 2), Tensor.ofInts(1, 2))
              .example(new Cast(DType.FLOAT32), Tensor.of(0.1f), vector(0.1))
              .example(
                  new Cast(DType.FLOAT64),
                  vector(0, 1, 1),
                  vector(0, 2, Double.NaN).cast(DType.BOOL))
              .sample(draw -> Sample.of(new Cast(DType.FLOAT64), draw.normal(draw.shape(0, 3))))
              .sample(draw -> cast(draw, DType.FLOAT32))
              .sample(draw -> cast(draw, DType.INT32))
              .sample(draw -> cast(draw, DType.BOOL))
              .rejects(
                  "cast: takes 1 inputs, 2 were given", new Cast(DType.BOOL), zeros(1), zeros(1)));

  private MovementOpCases() {}

  private static Sample cast(Draw draw, DType dtype) {
    return Sample.of(new Cast(dtype), draw.normal(draw.shape(0, 3))).with(Smooth.NOT);
  }

  private static Sample reshape(Draw draw) {
    int[] dims = draw.shape(0, 4).toArray();
    int[] other = new int[draw.between(1, 3)];
    Arrays.fill(other, 1);
    for (int dim : dims) {
      other[draw.between(0, other.length - 1)] *= dim;
    }
    boolean merged = draw.chance(0.5);
    Shape from = Shape.of(merged ? dims : other);
    return Sample.of(new Reshape(Shape.of(merged ? other : dims)), draw.normal(from));
  }

  private static Sample permute(Draw draw) {
    Shape shape = draw.shape(0, 4);
    List<Integer> order = Arrays.stream(draw.order(shape.rank())).boxed().toList();
    return Sample.of(new Permute(order), draw.normal(shape));
  }

  private static Sample expand(Draw draw) {
    Shape shape = draw.shape(0, 4);
    return Sample.of(new Expand(shape), draw.normal(draw.broadcastingTo(shape)));
  }

  private static Sample slice(Draw draw) {
    Unslice whole = randomUnslice(draw);
    int length = draw.between(0, Math.ceilDiv(whole.size() - 1, 3));
    int[] dims = draw.shape(whole.axis() + 1, 3).toArray();
    dims[whole.axis()] = whole.size();
    return Sample.of(
        new Slice(whole.axis(), whole.start(), length, whole.step()), draw.normal(dims));
  }

  private static Sample split(Draw draw) {
    Shape shape = draw.fullShape(1, 3);
    Op split = new Split(draw.axis(shape), draw.between(1, 3));
    return Sample.of(split, draw.normal(shape));
  }

  private static Sample unslice(Draw draw) {
    Unslice op = randomUnslice(draw);
    int[] dims = draw.shape(op.axis() + 1, 3).toArray();
    dims[op.axis()] = draw.between(0, Math.ceilDiv(op.size() - 1, 3));
    return Sample.of(op, draw.normal(dims));
  }

  /** With room for a third as many elements as there are places. */
  private static Unslice randomUnslice(Draw draw) {
    int size = draw.between(1, 10);
    int step = draw.between(1, 3);
    boolean reversed = draw.chance(0.3);
    return new Unslice(draw.between(0, 2), reversed ? size - 1 : 0, reversed ? -step : step, size);
  }

  private static Sample pad(Draw draw) {
    Shape shape = draw.shape(1, 3);
    Pad op = new Pad(draw.axis(shape), draw.between(0, 2), draw.between(0, 2), 0.5);
    return Sample.of(op, draw.normal(shape));
  }

  private static Sample concat(Draw draw) {
    int[] dims = draw.shape(1, 3).toArray();
    int axis = draw.between(0, dims.length - 1);
    Tensor[] parts = new Tensor[draw.between(1, 3)];
    for (int i = 0; i < parts.length; i++) {
      dims[axis] = draw.dim();
      parts[i] = draw.normal(dims);
    }
    return Sample.of(new Concat(axis), parts);
  }
}
