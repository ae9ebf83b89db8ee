package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.testing.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A call of a size at which loops go over several vectors and a rest, products and convolutions are
 * packed, and rows are cut into chunks.
 */
record LargeCall(String name, List<Tensor> inputs, Function<List<Tensor>, Tensor> function) {
  private static final Window PADDED = Window.UNIT.padding(1);

  static final List<LargeCall> ALL =
      List.of(
          of("chain", x -> x.get(0).mul(x.get(1)).tanh().add(x.get(2)), s(37, 53), s(53), s(37, 1)),
          of("chain of columns", x -> x.get(0).transpose().exp().mul(x.get(1)), s(41, 67), s(41)),
          of("sum", x -> x.get(0).sum(), s(5_003)),
          of("sum of many", x -> x.get(0).sum(), s(40_003)),
          of("sum of rows", x -> x.get(0).sum(1), s(9, 1_187)),
          of("sum of columns", x -> x.get(0).sum(0), s(1_187, 9)),
          of("sum of the middle", x -> x.get(0).sum(1), s(5, 131, 19)),
          of("sum of outer axes", x -> x.get(0).sum(0, 2), s(7, 11, 83)),
          of("max of rows", x -> x.get(0).max(1), s(7, 301)),
          of("min of columns", x -> x.get(0).min(0), s(301, 7)),
          of("mean", x -> x.get(0).mean(0), s(211, 17)),
          of("var of rows", x -> x.get(0).var(1), s(13, 401)),
          of("var of columns", x -> x.get(0).var(0), s(401, 13)),
          of("std", x -> x.get(0).std(), s(1_009)),
          of("norm", x -> x.get(0).norm(), s(1_009)),
          of("norm of rows", x -> x.get(0).norm(1), s(11, 103)),
          of("3-norm", x -> x.get(0).pNorm(3, 1), s(11, 103)),
          of("prod", x -> x.get(0).prod(1), s(11, 43)),
          of("cumsum", x -> x.get(0).cumsum(1), s(3, 1_201)),
          of("cumsum of columns", x -> x.get(0).cumsum(0), s(401, 5)),
          of("softmax of rows", x -> x.get(0).softmax(1), s(13, 137)),
          of("softmax of columns", x -> x.get(0).softmax(0), s(137, 13)),
          of("logSoftmax", x -> x.get(0).logSoftmax(1), s(13, 137)),
          of("logSumExp", x -> x.get(0).logSumExp(1), s(13, 137)),
          of("sort", x -> x.get(0).sort(1), s(3, 211)),
          of("gather", x -> x.get(0).indexSelect(0, indices(97, 31)), s(31, 23)),
          of("concat", x -> Tensor.concat(1, x), s(19, 33), s(19, 18)),
          of("permute", x -> x.get(0).permute(2, 0, 1).square(), s(13, 17, 19)),
          of("matmul", x -> x.get(0).matmul(x.get(1)), s(65, 70), s(70, 50)),
          of("matmul of few rows", x -> x.get(0).matmul(x.get(1)), s(3, 130), s(130, 67)),
          of("matmul of few columns", x -> x.get(0).matmul(x.get(1)), s(130, 67), s(67, 3)),
          of("matmul of a long axis", x -> x.get(0).matmul(x.get(1)), s(9, 1_100), s(1_100, 17)),
          of("matmul packed", x -> x.get(0).matmul(x.get(1)), s(81, 37), s(37, 349)),
          of(
              "matmul transposed",
              x -> x.get(0).transpose().matmul(x.get(1).transpose()),
              s(70, 65),
              s(50, 70)),
          of("matmul of stacks", x -> x.get(0).matmul(x.get(1)), s(3, 2, 17, 21), s(2, 21, 19)),
          of("matmul with a vector", x -> x.get(0).matmul(x.get(1)), s(67, 301), s(301)),
          of("vector with a matmul", x -> x.get(0).matmul(x.get(1)), s(301), s(301, 67)),
          of("dot", x -> x.get(0).matmul(x.get(1)), s(1_009), s(1_009)),
          of(
              "einsum",
              x -> Tensor.einsum("bij,bkj->bik", x.get(0), x.get(1)),
              s(3, 21, 33),
              s(3, 17, 33)),
          of("solve", x -> LinearAlgebra.solve(regular(x.get(0)), x.get(1)), s(21, 21), s(21, 5)),
          of("determinant", x -> LinearAlgebra.determinant(regular(x.get(0))), s(13, 13)),
          of("cholesky", x -> LinearAlgebra.cholesky(positive(x.get(0))), s(17, 17)),
          of("singularValues", x -> LinearAlgebra.singularValues(x.get(0)), s(11, 7)),
          of(
              "conv1d",
              x -> Convolutions.conv1d(x.get(0), x.get(1), x.get(2), PADDED),
              s(3, 5, 67),
              s(9, 5, 3),
              s(9)),
          of(
              "conv1d with strides",
              x -> Convolutions.conv1d(x.get(0), x.get(1), null, PADDED.stride(2)),
              s(3, 5, 67),
              s(9, 5, 3)),
          of(
              "conv2d",
              x -> Convolutions.conv2d(x.get(0), x.get(1), x.get(2), PADDED),
              s(2, 3, 19, 21),
              s(9, 3, 3, 3),
              s(9)),
          of(
              "conv2d of many channels",
              x -> Convolutions.conv2d(x.get(0), x.get(1), null, Window.UNIT),
              s(2, 18, 9, 9),
              s(33, 18, 3, 3)),
          of(
              "conv2d with strides",
              x -> Convolutions.conv2d(x.get(0), x.get(1), null, PADDED.stride(2)),
              s(2, 3, 19, 21),
              s(9, 3, 3, 3)),
          of(
              "conv2d of 1x1",
              x -> Convolutions.conv2d(x.get(0), x.get(1), null, Window.UNIT),
              s(2, 17, 11, 11),
              s(19, 17, 1, 1)),
          of(
              "conv2d of groups",
              x -> Convolutions.conv2d(x.get(0), x.get(1), null, PADDED.dilation(2), 4),
              s(2, 8, 13, 17),
              s(8, 2, 3, 3)),
          of(
              "convTranspose1d",
              x -> Convolutions.convTranspose1d(x.get(0), x.get(1), null, PADDED.stride(2)),
              s(3, 5, 37),
              s(5, 9, 3)),
          of(
              "convTranspose2d",
              x -> Convolutions.convTranspose2d(x.get(0), x.get(1), null, PADDED),
              s(2, 9, 13, 13),
              s(9, 5, 3, 3)),
          of("maxPool1d", x -> Pooling.maxPool1d(x.get(0), 3), s(3, 5, 131)),
          of("maxPool2d", x -> Pooling.maxPool2d(x.get(0), 2), s(2, 3, 34, 38)),
          of(
              "maxPool2d of 3x3",
              x -> Pooling.maxPool2d(x.get(0), new int[] {3, 3}, PADDED.stride(2)),
              s(2, 3, 33, 37)),
          of("avgPool2d", x -> Pooling.avgPool2d(x.get(0), 2), s(2, 3, 34, 38)),
          of(
              "avgPool2d of 3x3",
              x -> Pooling.avgPool2d(x.get(0), new int[] {3, 3}, PADDED, false),
              s(2, 3, 17, 19)),
          of("adaptiveAvgPool2d", x -> Pooling.adaptiveAvgPool2d(x.get(0), 5, 4), s(2, 3, 17, 19)),
          of("globalAvgPool", x -> Pooling.globalAvgPool(x.get(0)), s(2, 3, 17, 19)),
          of(
              "unfold",
              x -> Convolutions.unfold(x.get(0), new int[] {3, 3}, PADDED),
              s(2, 3, 11, 13)));

  private static LargeCall of(
      String name, Function<List<Tensor>, Tensor> function, Shape... shapes) {
    Draw draw = new Draw(shapes.length);
    List<Tensor> inputs = Arrays.stream(shapes).map(shape -> normal(draw, shape)).toList();
    return new LargeCall(name, inputs, function);
  }

  private static Tensor normal(Draw draw, Shape shape) {
    double[] numbers = new double[shape.size()];
    Arrays.setAll(numbers, i -> draw.random().nextGaussian());
    return Tensor.of(shape, numbers);
  }

  private static Shape s(int... dims) {
    return Shape.of(dims);
  }

  private static Tensor indices(int count, int bound) {
    int[] indices = new int[count];
    Arrays.setAll(indices, i -> i * i % bound);
    return Tensor.ofInts(indices);
  }

  private static Tensor regular(Tensor a) {
    int n = a.shape().dim(0);
    return a.add(Tensor.eye(a.dtype(), n).mul(3 * n));
  }

  private static Tensor positive(Tensor a) {
    return regular(a.matmul(a.transpose()));
  }
}
