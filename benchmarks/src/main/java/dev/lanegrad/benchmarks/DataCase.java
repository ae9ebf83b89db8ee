package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Operations that are neither elementwise nor a fold, a product or a convolution: what orders,
 * selects and moves elements, and decompositions of matrices; each as PyTorch writes it as well, as
 * a function of numbers {@code x} and of indices {@code i}.
 */
enum DataCase {
  SORT("sort", dims(1_000_000), x -> x.sort(0), "torch.sort(x, 0, False)[0]"),
  SORT_ROWS("sort", dims(1_000, 1_000), x -> x.sort(1), "torch.sort(x, 1, False)[0]"),
  SORT_COLUMNS("sort of columns", dims(1_000, 1_000), x -> x.sort(0), "torch.sort(x, 0, False)[0]"),
  SORT_SHORT_ROWS("sort", dims(100_000, 10), x -> x.sort(1), "torch.sort(x, 1, False)[0]"),
  SORT_GRADIENT("sort, gradient", dims(1_000_000), x -> x.sort(0), "torch.sort(x, 0, False)[0]"),
  TOP_10("topK 10", dims(1_000_000), x -> x.topK(10, 0).values(), "torch.topk(x, 10, 0)[0]"),
  TOP_10_OF_ROWS(
      "topK 10", dims(1_000, 1_000), x -> x.topK(10, 1).values(), "torch.topk(x, 10, 1)[0]"),
  TOP_THOUSANDS(
      "topK 10,000",
      dims(1_000_000),
      x -> x.topK(10_000, 0).values(),
      "torch.topk(x, 10000, 0)[0]"),
  ARG_MAX("argmax", dims(1_000_000), x -> asNumbers(x.argmax(0)), "torch.argmax(x, 0)"),
  ARG_MAX_OF_ROWS("argmax", dims(1_000, 1_000), x -> asNumbers(x.argmax(1)), "torch.argmax(x, 1)"),
  ARG_MAX_OF_COLUMNS(
      "argmax of columns", dims(1_000, 1_000), x -> asNumbers(x.argmax(0)), "torch.argmax(x, 0)"),
  CUM_SUM("cumsum", dims(1_000_000), x -> x.cumsum(0), "torch.cumsum(x, 0)"),
  CUM_SUM_OF_ROWS("cumsum", dims(1_000, 1_000), x -> x.cumsum(1), "torch.cumsum(x, 1)"),
  CUM_SUM_OF_COLUMNS(
      "cumsum of columns", dims(1_000, 1_000), x -> x.cumsum(0), "torch.cumsum(x, 0)"),
  CUM_SUM_GRADIENT("cumsum, gradient", dims(1_000_000), x -> x.cumsum(0), "torch.cumsum(x, 0)"),

  GATHER(
      "gather",
      dims(1_000_000),
      indices(1_000_000, 1_000_000),
      (x, i) -> x.gather(0, i),
      "torch.gather(x, 0, i)"),
  GATHER_IN_ROWS(
      "gather",
      dims(1_000, 1_000),
      indices(1_000, 1_000, 1_000),
      (x, i) -> x.gather(1, i),
      "torch.gather(x, 1, i)"),
  GATHER_GRADIENT(
      "gather, gradient",
      dims(1_000_000),
      indices(1_000_000, 1_000_000),
      (x, i) -> x.gather(0, i),
      "torch.gather(x, 0, i)"),
  INDEX_SELECT(
      "indexSelect",
      dims(10_000, 100),
      indices(10_000, 10_000),
      (x, i) -> x.indexSelect(0, i),
      "torch.index_select(x, 0, i)"),
  INDEX_SELECT_LARGE(
      "indexSelect",
      dims(60_000, 784),
      indices(60_000, 60_000),
      (x, i) -> x.indexSelect(0, i),
      "torch.index_select(x, 0, i)"),
  INDEX_SELECT_COLUMNS(
      "indexSelect of columns",
      dims(1_000, 1_000),
      indices(1_000, 1_000),
      (x, i) -> x.indexSelect(1, i),
      "torch.index_select(x, 1, i)"),
  INDEX_SELECT_GRADIENT(
      "indexSelect, gradient",
      dims(10_000, 100),
      indices(10_000, 10_000),
      (x, i) -> x.indexSelect(0, i),
      "torch.index_select(x, 0, i)"),
  SCATTER_ADD(
      "scatterAdd",
      dims(1_000_000),
      indices(1_000, 1_000_000),
      (x, i) -> x.scatterAdd(0, 1_000, i),
      "torch.scatter_add(torch.zeros([1000], dtype=x.dtype), 0, i, x)"),
  ONE_HOT(
      "oneHot",
      dims(1),
      indices(100, 10_000),
      (x, i) -> i.oneHot(100, x.dtype()),
      "torch.one_hot(i, 100)"),

  TRANSPOSE(
      "transpose, copied",
      dims(1_000, 1_000),
      x -> copied(x.transpose()),
      "x.t().clone(memory_format=0)"),
  TRANSPOSE_POWER(
      "transpose, copied",
      dims(1_024, 1_024),
      x -> copied(x.transpose()),
      "x.t().clone(memory_format=0)"),
  PERMUTE(
      "permute, copied",
      dims(100, 100, 100),
      x -> copied(x.permute(2, 0, 1)),
      "x.permute([2, 0, 1]).clone(memory_format=0)"),
  CHANNELS_LAST(
      "permute, copied",
      dims(32, 3, 100, 100),
      x -> copied(x.permute(0, 2, 3, 1)),
      "x.permute([0, 2, 3, 1]).clone(memory_format=0)"),
  FLIP("flip, copied", dims(1_000, 1_000), x -> copied(x.flip(1)), "torch.flip(x, [1])"),
  EXPAND(
      "expand, copied",
      dims(1_000, 1),
      x -> copied(x.expand(Shape.of(1_000, 1_000))),
      "x.expand([1000, 1000]).clone(memory_format=0)"),
  EXPAND_ROW(
      "expand, copied",
      dims(1, 1_000),
      x -> copied(x.expand(Shape.of(1_000, 1_000))),
      "x.expand([1000, 1000]).clone(memory_format=0)"),
  SLICE(
      "slice by 2, copied",
      dims(1_000, 2_000),
      x -> copied(x.slice(1, 0, 2_000, 2)),
      "torch.slice(x, 1, 0, 2000, 2).clone(memory_format=0)"),
  SLICE_GRADIENT(
      "slice by 2, gradient",
      dims(1_000, 2_000),
      x -> x.slice(1, 0, 2_000, 2),
      "torch.slice(x, 1, 0, 2000, 2)"),
  CONCAT_ROWS(
      "concat", dims(500, 1_000), x -> Tensor.concat(0, List.of(x, x)), "torch.cat([x, x], 0)"),
  CONCAT_COLUMNS(
      "concat of columns",
      dims(1_000, 500),
      x -> Tensor.concat(1, List.of(x, x)),
      "torch.cat([x, x], 1)"),
  STACK(
      "stack, last axis",
      dims(500_000),
      x -> Tensor.stack(1, List.of(x, x)),
      "torch.stack([x, x], 1)"),
  SPLIT_GRADIENT(
      "split, gradient",
      dims(1_000, 1_000),
      x -> Tensor.concat(0, x.split(1, 100)),
      "torch.cat(torch.split(x, 100, 1), 0)"),
  PAD("pad", dims(1_000, 1_000), x -> x.pad(1, 10, 10, 0), "torch.constant_pad_nd(x, [10, 10], 0)"),
  EINSUM(
      "einsum ijk->kji, copied",
      dims(100, 100, 100),
      x -> copied(Tensor.einsum("ijk->kji", x)),
      "torch.einsum(\"ijk->kji\", [x]).clone(memory_format=0)"),
  CAST("cast to the other", dims(1_000_000), x -> x.cast(other(x.dtype())), "OTHER"),
  CAST_TO_INT(
      "cast to int32",
      dims(1_000_000),
      x -> asNumbers(x.cast(DType.INT32).slice(0, 0, 100)),
      "torch.slice(x.to(3), 0, 0, 100)"),

  UNIFORM(
      "uniform",
      dims(1_000_000),
      x -> Tensor.uniform(random(), x.dtype(), 0, 1, x.size()),
      "torch.rand_like(x)"),
  NORMAL(
      "normal",
      dims(1_000_000),
      x -> Tensor.normal(random(), x.dtype(), x.size()),
      "torch.randn_like(x)"),
  KEY_UNIFORM(
      "uniform of a key",
      dims(1_000_000),
      x -> new RandomKey(3).uniform(x.dtype(), x.size()),
      "torch.rand_like(x)"),
  KEY_NORMAL(
      "normal of a key",
      dims(1_000_000),
      x -> new RandomKey(3).normal(x.dtype(), x.size()),
      "torch.randn_like(x)"),
  EYE("eye", dims(1), x -> Tensor.eye(x.dtype(), 1_000), "torch.eye(1000, dtype=x.dtype)"),
  TRIL(
      "tril",
      dims(1),
      x -> Tensor.tril(x.dtype(), 1_000, 0),
      "torch.tril(torch.ones([1000, 1000], dtype=x.dtype), 0)"),
  ARANGE(
      "arange",
      dims(1),
      x -> Tensor.arange(x.dtype(), 0, 1_000_000, 1),
      "torch.arange(0, 1000000, 1, dtype=x.dtype)"),
  LINSPACE(
      "linspace",
      dims(1),
      x -> Tensor.linspace(x.dtype(), 0, 1, 1_000_000),
      "torch.linspace(0, 1, 1000000, dtype=x.dtype)"),

  SOFTMAX("softmax", dims(1_000, 1_000), x -> x.softmax(1), "torch.softmax(x, 1)"),
  LOG_SOFTMAX("logSoftmax", dims(1_000, 1_000), x -> x.logSoftmax(1), "torch.log_softmax(x, 1)"),
  LOG_SUM_EXP("logSumExp", dims(1_000, 1_000), x -> x.logSumExp(1), "torch.logsumexp(x, [1])"),
  STD("std", dims(1_000, 1_000), x -> x.std(1), "torch.std(x, [1])"),
  NORM("norm", dims(1_000, 1_000), x -> x.norm(1), "torch.norm(x, 2, [1], False)"),
  PROD("prod", dims(1_000, 1_000), x -> x.prod(1), "torch.prod(x, 1)"),
  MAX_POOL(
      "max pool 2d",
      dims(10, 10, 100, 100),
      x -> Pooling.maxPool2d(x, 2),
      "torch.max_pool2d(x, [2, 2])"),
  MAX_POOL_GRADIENT(
      "max pool 2d, gradient",
      dims(10, 10, 100, 100),
      x -> Pooling.maxPool2d(x, 2),
      "torch.max_pool2d(x, [2, 2])"),
  AVG_POOL(
      "avg pool 2d",
      dims(10, 10, 100, 100),
      x -> Pooling.avgPool2d(x, 2),
      "torch.avg_pool2d(x, [2, 2])"),
  AVG_POOL_GRADIENT(
      "avg pool 2d, gradient",
      dims(10, 10, 100, 100),
      x -> Pooling.avgPool2d(x, 2),
      "torch.avg_pool2d(x, [2, 2])"),

  SOLVE(
      "solve",
      dims(300, 300),
      x -> LinearAlgebra.solve(regular(x), x),
      "torch.linalg_solve(REGULAR, x)"),
  INVERSE(
      "inverse", dims(300, 300), x -> LinearAlgebra.inverse(regular(x)), "torch.inverse(REGULAR)"),
  INVERSE_GRADIENT(
      "inverse, gradient",
      dims(300, 300),
      x -> LinearAlgebra.inverse(regular(x)),
      "torch.inverse(REGULAR)"),
  INVERSE_LARGE(
      "inverse",
      dims(1_000, 1_000),
      x -> LinearAlgebra.inverse(regular(x)),
      "torch.inverse(REGULAR)"),
  DETERMINANT(
      "determinant", dims(300, 300), x -> LinearAlgebra.determinant(well(x)), "torch.det(WELL)"),
  DETERMINANT_GRADIENT(
      "determinant, gradient",
      dims(300, 300),
      x -> LinearAlgebra.determinant(well(x)),
      "torch.det(WELL)"),
  CHOLESKY(
      "cholesky",
      dims(300, 300),
      x -> LinearAlgebra.cholesky(definite(x)),
      "torch.linalg_cholesky(DEFINITE)"),
  CHOLESKY_GRADIENT(
      "cholesky, gradient",
      dims(300, 300),
      x -> LinearAlgebra.cholesky(definite(x)),
      "torch.linalg_cholesky(DEFINITE)"),
  CHOLESKY_LARGE(
      "cholesky",
      dims(1_000, 1_000),
      x -> LinearAlgebra.cholesky(definite(x)),
      "torch.linalg_cholesky(DEFINITE)"),
  SVD("svd", dims(300, 300), x -> LinearAlgebra.svd(x).values(), "torch.linalg_svd(x, False)[1]"),
  SVD_TALL(
      "svd", dims(1_000, 100), x -> LinearAlgebra.svd(x).values(), "torch.linalg_svd(x, False)[1]"),
  SVD_GRADIENT(
      "svd, gradient",
      dims(300, 300),
      x -> LinearAlgebra.svd(x).values(),
      "torch.linalg_svd(x, False)[1]");

  private static final class Chance {
    static final SplittableRandom RANDOM = new SplittableRandom(4);
  }

  private static final String REGULAR = "(x + 300 * torch.eye(x.size(0), dtype=x.dtype))";
  private static final String WELL = "(0.001 * x + torch.eye(x.size(0), dtype=x.dtype))";
  private static final String DEFINITE =
      "(0.5 * (x + x.t()) + 600 * torch.eye(x.size(0), dtype=x.dtype))";

  /** Whole numbers from 0 up to a bound. */
  record Indices(int bound, List<Integer> dims) {}

  private final String label;
  private final List<Integer> dims;
  private final Indices indices;
  private final BinaryOperator<Tensor> function;
  private final String script;

  DataCase(String label, List<Integer> dims, UnaryOperator<Tensor> function, String script) {
    this(label, dims, indices(1, 1), (x, _) -> function.apply(x), script);
  }

  DataCase(
      String label,
      List<Integer> dims,
      Indices indices,
      BinaryOperator<Tensor> function,
      String script) {
    this.label = label;
    this.dims = dims;
    this.indices = indices;
    this.function = function;
    this.script = script;
  }

  List<Integer> dims() {
    return dims;
  }

  Indices indices() {
    return indices;
  }

  Tensor apply(Tensor x, Tensor i) {
    return function.apply(x, i);
  }

  /** Whether the gradient of x is computed as well. */
  boolean withGradient() {
    return label.endsWith("gradient");
  }

  /** Whether both compute the same numbers. */
  boolean isDetermined() {
    return !label.startsWith("uniform") && !label.startsWith("normal");
  }

  /** In TorchScript. */
  String script(DType dtype) {
    return script
        .replace("OTHER", "x.to(" + (dtype == DType.FLOAT32 ? 7 : 6) + ")")
        .replace("REGULAR", REGULAR)
        .replace("WELL", WELL)
        .replace("DEFINITE", DEFINITE);
  }

  /** The name in the table. */
  @Override
  public String toString() {
    return label;
  }

  private static List<Integer> dims(Integer... dims) {
    return List.of(dims);
  }

  private static Indices indices(int bound, Integer... dims) {
    return new Indices(bound, List.of(dims));
  }

  private static Tensor asNumbers(Tensor indices) {
    return indices.cast(DType.FLOAT64);
  }

  /** The elements of a view in row-major order. */
  private static Tensor copied(Tensor view) {
    return Tensor.concat(0, List.of(view));
  }

  private static SplittableRandom random() {
    return Chance.RANDOM;
  }

  private static DType other(DType dtype) {
    return dtype == DType.FLOAT32 ? DType.FLOAT64 : DType.FLOAT32;
  }

  private static Tensor eye(Tensor x) {
    return Tensor.eye(x.dtype(), x.shape().dim(0));
  }

  private static Tensor regular(Tensor x) {
    return x.add(eye(x).mul(300));
  }

  private static Tensor well(Tensor x) {
    return x.mul(0.001).add(eye(x));
  }

  private static Tensor definite(Tensor x) {
    return x.add(x.transpose()).mul(0.5).add(eye(x).mul(600));
  }
}
