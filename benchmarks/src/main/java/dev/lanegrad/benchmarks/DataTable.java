package dev.lanegrad.benchmarks;

import static dev.lanegrad.benchmarks.DataCase.dims;
import static dev.lanegrad.benchmarks.DataCase.indices;
import static dev.lanegrad.benchmarks.DataCase.of;
import static dev.lanegrad.benchmarks.DataFunctions.asNumbers;
import static dev.lanegrad.benchmarks.DataFunctions.copied;
import static dev.lanegrad.benchmarks.DataFunctions.definite;
import static dev.lanegrad.benchmarks.DataFunctions.other;
import static dev.lanegrad.benchmarks.DataFunctions.regular;
import static dev.lanegrad.benchmarks.DataFunctions.well;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LinearAlgebra;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.RandomKey;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Operations that are neither elementwise nor a fold, a product or a convolution: what orders,
 * selects and moves elements, and decompositions of matrices; each as PyTorch writes it as well, as
 * a function of numbers {@code x} and of indices {@code i}.
 */
final class DataTable {
  private static final SplittableRandom RANDOM = new SplittableRandom(4);

  static final List<DataCase> CASES =
      List.of(
          of("SORT", "sort", dims(1_000_000), x -> x.sort(0), "torch.sort(x, 0, False)[0]"),
          of("SORT_ROWS", "sort", dims(1_000, 1_000), x -> x.sort(1), "torch.sort(x, 1, False)[0]"),
          of(
              "SORT_COLUMNS",
              "sort of columns",
              dims(1_000, 1_000),
              x -> x.sort(0),
              "torch.sort(x, 0, False)[0]"),
          of(
              "SORT_SHORT_ROWS",
              "sort",
              dims(100_000, 10),
              x -> x.sort(1),
              "torch.sort(x, 1, False)[0]"),
          of(
              "SORT_GRADIENT",
              "sort, gradient",
              dims(1_000_000),
              x -> x.sort(0),
              "torch.sort(x, 0, False)[0]"),
          of(
              "TOP_10",
              "topK 10",
              dims(1_000_000),
              x -> x.topK(10, 0).values(),
              "torch.topk(x, 10, 0)[0]"),
          of(
              "TOP_10_OF_ROWS",
              "topK 10",
              dims(1_000, 1_000),
              x -> x.topK(10, 1).values(),
              "torch.topk(x, 10, 1)[0]"),
          of(
              "TOP_THOUSANDS",
              "topK 10,000",
              dims(1_000_000),
              x -> x.topK(10_000, 0).values(),
              "torch.topk(x, 10000, 0)[0]"),
          of(
              "ARG_MAX",
              "argmax",
              dims(1_000_000),
              x -> asNumbers(x.argmax(0)),
              "torch.argmax(x, 0)"),
          of(
              "ARG_MAX_OF_ROWS",
              "argmax",
              dims(1_000, 1_000),
              x -> asNumbers(x.argmax(1)),
              "torch.argmax(x, 1)"),
          of(
              "ARG_MAX_OF_COLUMNS",
              "argmax of columns",
              dims(1_000, 1_000),
              x -> asNumbers(x.argmax(0)),
              "torch.argmax(x, 0)"),
          of("CUM_SUM", "cumsum", dims(1_000_000), x -> x.cumsum(0), "torch.cumsum(x, 0)"),
          of(
              "CUM_SUM_OF_ROWS",
              "cumsum",
              dims(1_000, 1_000),
              x -> x.cumsum(1),
              "torch.cumsum(x, 1)"),
          of(
              "CUM_SUM_OF_COLUMNS",
              "cumsum of columns",
              dims(1_000, 1_000),
              x -> x.cumsum(0),
              "torch.cumsum(x, 0)"),
          of(
              "CUM_SUM_GRADIENT",
              "cumsum, gradient",
              dims(1_000_000),
              x -> x.cumsum(0),
              "torch.cumsum(x, 0)"),
          of(
              "CUM_MAX",
              "cummax",
              dims(1_000_000),
              x -> x.cummax(0).values(),
              "torch.cummax(x, 0)[0]"),
          of(
              "CUM_MAX_OF_ROWS",
              "cummax",
              dims(1_000, 1_000),
              x -> x.cummax(1).values(),
              "torch.cummax(x, 1)[0]"),
          of(
              "CUM_MAX_OF_COLUMNS",
              "cummax of columns",
              dims(1_000, 1_000),
              x -> x.cummax(0).values(),
              "torch.cummax(x, 0)[0]"),
          of(
              "CUM_MAX_GRADIENT",
              "cummax, gradient",
              dims(1_000, 1_000),
              x -> x.cummax(1).values(),
              "torch.cummax(x, 1)[0]"),
          of(
              "INDEX_SELECT_LARGE",
              "indexSelect",
              dims(60_000, 784),
              indices(60_000, 60_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          of(
              "INDEX_SELECT_GRADIENT",
              "indexSelect, gradient",
              dims(10_000, 100),
              indices(10_000, 10_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          of(
              "SCATTER_ADD",
              "scatterAdd",
              dims(1_000_000),
              indices(1_000, 1_000_000),
              (x, i) -> x.scatterAdd(0, 1_000, i),
              "torch.scatter_add(torch.zeros([1000], dtype=x.dtype), 0, i, x)"),
          of(
              "ONE_HOT",
              "oneHot",
              dims(1),
              indices(100, 10_000),
              (x, i) -> i.oneHot(x.dtype(), 100),
              "torch.one_hot(i, 100)"),
          of(
              "FLIP",
              "flip, copied",
              dims(1_000, 1_000),
              x -> copied(x.flip(1)),
              "torch.flip(x, [1])"),
          of(
              "EXPAND",
              "expand, copied",
              dims(1_000, 1),
              x -> copied(x.expand(Shape.of(1_000, 1_000))),
              "x.expand([1000, 1000]).clone(memory_format=0)"),
          of(
              "EXPAND_ROW",
              "expand, copied",
              dims(1, 1_000),
              x -> copied(x.expand(Shape.of(1_000, 1_000))),
              "x.expand([1000, 1000]).clone(memory_format=0)"),
          of(
              "SLICE",
              "slice by 2, copied",
              dims(1_000, 2_000),
              x -> copied(x.slice(1, 0, 2_000, 2)),
              "torch.slice(x, 1, 0, 2000, 2).clone(memory_format=0)"),
          of(
              "SLICE_GRADIENT",
              "slice by 2, gradient",
              dims(1_000, 2_000),
              x -> x.slice(1, 0, 2_000, 2),
              "torch.slice(x, 1, 0, 2000, 2)"),
          of(
              "SPLIT_GRADIENT",
              "split, gradient",
              dims(1_000, 1_000),
              x -> Tensor.concat(0, x.split(1, 100)),
              "torch.cat(torch.split(x, 100, 1), 0)"),
          of(
              "PAD",
              "pad",
              dims(1_000, 1_000),
              x -> x.pad(1, 10, 10, 0),
              "torch.constant_pad_nd(x, [10, 10], 0)"),
          of(
              "EINSUM",
              "einsum ijk->kji, copied",
              dims(100, 100, 100),
              x -> copied(Tensor.einsum("ijk->kji", x)),
              "torch.einsum(\"ijk->kji\", [x]).clone(memory_format=0)"),
          of("CAST", "cast to the other", dims(1_000_000), x -> x.cast(other(x.dtype())), "OTHER"),
          of(
              "CAST_TO_INT",
              "cast to int32",
              dims(1_000_000),
              x -> asNumbers(x.cast(DType.INT32).slice(0, 0, 100)),
              "torch.slice(x.to(3), 0, 0, 100)"),
          of(
              "UNIFORM",
              "uniform",
              dims(1_000_000),
              x -> Tensor.uniform(RANDOM, x.dtype(), 0, 1, x.size()),
              "torch.rand_like(x)"),
          of(
              "NORMAL",
              "normal",
              dims(1_000_000),
              x -> Tensor.normal(RANDOM, x.dtype(), x.size()),
              "torch.randn_like(x)"),
          of(
              "KEY_UNIFORM",
              "uniform of a key",
              dims(1_000_000),
              x -> new RandomKey(3).uniform(x.dtype(), x.size()),
              "torch.rand_like(x)"),
          of(
              "KEY_NORMAL",
              "normal of a key",
              dims(1_000_000),
              x -> new RandomKey(3).normal(x.dtype(), x.size()),
              "torch.randn_like(x)"),
          of(
              "EYE",
              "eye",
              dims(1),
              x -> Tensor.eye(x.dtype(), 1_000),
              "torch.eye(1000, dtype=x.dtype)"),
          of(
              "TRIL",
              "tril",
              dims(1),
              x -> Tensor.tril(x.dtype(), 1_000, 0),
              "torch.tril(torch.ones([1000, 1000], dtype=x.dtype), 0)"),
          of(
              "ARANGE",
              "arange",
              dims(1),
              x -> Tensor.arange(x.dtype(), 0, 1_000_000, 1),
              "torch.arange(0, 1000000, 1, dtype=x.dtype)"),
          of(
              "LINSPACE",
              "linspace",
              dims(1),
              x -> Tensor.linspace(x.dtype(), 0, 1, 1_000_000),
              "torch.linspace(0, 1, 1000000, dtype=x.dtype)"),
          of("PROD", "prod", dims(1_000, 1_000), x -> x.prod(1), "torch.prod(x, 1)"),
          of(
              "MAX_POOL",
              "max pool 2d",
              dims(10, 10, 100, 100),
              x -> Pooling.maxPool2d(x, 2),
              "torch.max_pool2d(x, [2, 2])"),
          of(
              "MAX_POOL_GRADIENT",
              "max pool 2d, gradient",
              dims(10, 10, 100, 100),
              x -> Pooling.maxPool2d(x, 2),
              "torch.max_pool2d(x, [2, 2])"),
          of(
              "AVG_POOL",
              "avg pool 2d",
              dims(10, 10, 100, 100),
              x -> Pooling.avgPool2d(x, 2),
              "torch.avg_pool2d(x, [2, 2])"),
          of(
              "AVG_POOL_GRADIENT",
              "avg pool 2d, gradient",
              dims(10, 10, 100, 100),
              x -> Pooling.avgPool2d(x, 2),
              "torch.avg_pool2d(x, [2, 2])"),
          of(
              "SOLVE",
              "solve",
              dims(300, 300),
              x -> LinearAlgebra.solve(regular(x), x),
              "torch.linalg_solve(REGULAR, x)"),
          of(
              "INVERSE",
              "inverse",
              dims(300, 300),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          of(
              "INVERSE_GRADIENT",
              "inverse, gradient",
              dims(300, 300),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          of(
              "INVERSE_LARGE",
              "inverse",
              dims(1_000, 1_000),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          of(
              "DETERMINANT",
              "determinant",
              dims(300, 300),
              x -> LinearAlgebra.determinant(well(x)),
              "torch.det(WELL)"),
          of(
              "DETERMINANT_GRADIENT",
              "determinant, gradient",
              dims(300, 300),
              x -> LinearAlgebra.determinant(well(x)),
              "torch.det(WELL)"),
          of(
              "CHOLESKY",
              "cholesky",
              dims(300, 300),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          of(
              "CHOLESKY_GRADIENT",
              "cholesky, gradient",
              dims(300, 300),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          of(
              "CHOLESKY_LARGE",
              "cholesky",
              dims(1_000, 1_000),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          of(
              "SVD",
              "svd",
              dims(300, 300),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"),
          of(
              "SVD_TALL",
              "svd",
              dims(1_000, 100),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"),
          of(
              "SVD_GRADIENT",
              "svd, gradient",
              dims(300, 300),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"));

  private DataTable() {}

  static DataCase named(String name) {
    return Stream.of(CASES, MemoryTable.CASES)
        .flatMap(List::stream)
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
