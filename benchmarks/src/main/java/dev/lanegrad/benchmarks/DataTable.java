package dev.lanegrad.benchmarks;

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
 * Operations that are neither elementwise nor a fold, a product or a convolution: what orders (see
 * {@link OrderTable}), selects and moves elements, and decompositions of matrices; each as PyTorch
 * writes it as well, as a function of numbers {@code x} and of indices {@code i}.
 */
final class DataTable {
  private static final SplittableRandom RANDOM = new SplittableRandom(4);

  private static final List<DataCase> OTHERS =
      List.of(
          DataCase.of(
              "GATHER",
              "gather",
              DataCase.dims(1_000_000),
              DataCase.indices(1_000_000, 1_000_000),
              (x, i) -> x.gather(0, i),
              "torch.gather(x, 0, i)"),
          DataCase.of(
              "GATHER_IN_ROWS",
              "gather",
              DataCase.dims(1_000, 1_000),
              DataCase.indices(1_000, 1_000, 1_000),
              (x, i) -> x.gather(1, i),
              "torch.gather(x, 1, i)"),
          DataCase.of(
              "GATHER_GRADIENT",
              "gather, gradient",
              DataCase.dims(1_000_000),
              DataCase.indices(1_000_000, 1_000_000),
              (x, i) -> x.gather(0, i),
              "torch.gather(x, 0, i)"),
          DataCase.of(
              "INDEX_SELECT",
              "indexSelect",
              DataCase.dims(10_000, 100),
              DataCase.indices(10_000, 10_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          DataCase.of(
              "INDEX_SELECT_LARGE",
              "indexSelect",
              DataCase.dims(60_000, 784),
              DataCase.indices(60_000, 60_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          DataCase.of(
              "INDEX_SELECT_COLUMNS",
              "indexSelect of columns",
              DataCase.dims(1_000, 1_000),
              DataCase.indices(1_000, 1_000),
              (x, i) -> x.indexSelect(1, i),
              "torch.index_select(x, 1, i)"),
          DataCase.of(
              "INDEX_SELECT_GRADIENT",
              "indexSelect, gradient",
              DataCase.dims(10_000, 100),
              DataCase.indices(10_000, 10_000),
              (x, i) -> x.indexSelect(0, i),
              "torch.index_select(x, 0, i)"),
          DataCase.of(
              "SCATTER_ADD",
              "scatterAdd",
              DataCase.dims(1_000_000),
              DataCase.indices(1_000, 1_000_000),
              (x, i) -> x.scatterAdd(0, 1_000, i),
              "torch.scatter_add(torch.zeros([1000], dtype=x.dtype), 0, i, x)"),
          DataCase.of(
              "ONE_HOT",
              "oneHot",
              DataCase.dims(1),
              DataCase.indices(100, 10_000),
              (x, i) -> i.oneHot(x.dtype(), 100),
              "torch.one_hot(i, 100)"),
          DataCase.of(
              "TRANSPOSE",
              "transpose, copied",
              DataCase.dims(1_000, 1_000),
              x -> copied(x.transpose()),
              "x.t().clone(memory_format=0)"),
          DataCase.of(
              "TRANSPOSE_POWER",
              "transpose, copied",
              DataCase.dims(1_024, 1_024),
              x -> copied(x.transpose()),
              "x.t().clone(memory_format=0)"),
          DataCase.of(
              "PERMUTE",
              "permute, copied",
              DataCase.dims(100, 100, 100),
              x -> copied(x.permute(2, 0, 1)),
              "x.permute([2, 0, 1]).clone(memory_format=0)"),
          DataCase.of(
              "CHANNELS_LAST",
              "permute, copied",
              DataCase.dims(32, 3, 100, 100),
              x -> copied(x.permute(0, 2, 3, 1)),
              "x.permute([0, 2, 3, 1]).clone(memory_format=0)"),
          DataCase.of(
              "FLIP",
              "flip, copied",
              DataCase.dims(1_000, 1_000),
              x -> copied(x.flip(1)),
              "torch.flip(x, [1])"),
          DataCase.of(
              "EXPAND",
              "expand, copied",
              DataCase.dims(1_000, 1),
              x -> copied(x.expand(Shape.of(1_000, 1_000))),
              "x.expand([1000, 1000]).clone(memory_format=0)"),
          DataCase.of(
              "EXPAND_ROW",
              "expand, copied",
              DataCase.dims(1, 1_000),
              x -> copied(x.expand(Shape.of(1_000, 1_000))),
              "x.expand([1000, 1000]).clone(memory_format=0)"),
          DataCase.of(
              "SLICE",
              "slice by 2, copied",
              DataCase.dims(1_000, 2_000),
              x -> copied(x.slice(1, 0, 2_000, 2)),
              "torch.slice(x, 1, 0, 2000, 2).clone(memory_format=0)"),
          DataCase.of(
              "SLICE_GRADIENT",
              "slice by 2, gradient",
              DataCase.dims(1_000, 2_000),
              x -> x.slice(1, 0, 2_000, 2),
              "torch.slice(x, 1, 0, 2000, 2)"),
          DataCase.of(
              "CONCAT_ROWS",
              "concat",
              DataCase.dims(500, 1_000),
              x -> Tensor.concat(0, List.of(x, x)),
              "torch.cat([x, x], 0)"),
          DataCase.of(
              "CONCAT_COLUMNS",
              "concat of columns",
              DataCase.dims(1_000, 500),
              x -> Tensor.concat(1, List.of(x, x)),
              "torch.cat([x, x], 1)"),
          DataCase.of(
              "STACK",
              "stack, last axis",
              DataCase.dims(500_000),
              x -> Tensor.stack(1, List.of(x, x)),
              "torch.stack([x, x], 1)"),
          DataCase.of(
              "SPLIT_GRADIENT",
              "split, gradient",
              DataCase.dims(1_000, 1_000),
              x -> Tensor.concat(0, x.split(1, 100)),
              "torch.cat(torch.split(x, 100, 1), 0)"),
          DataCase.of(
              "PAD",
              "pad",
              DataCase.dims(1_000, 1_000),
              x -> x.pad(1, 10, 10, 0),
              "torch.constant_pad_nd(x, [10, 10], 0)"),
          DataCase.of(
              "EINSUM",
              "einsum ijk->kji, copied",
              DataCase.dims(100, 100, 100),
              x -> copied(Tensor.einsum("ijk->kji", x)),
              "torch.einsum(\"ijk->kji\", [x]).clone(memory_format=0)"),
          DataCase.of(
              "CAST",
              "cast to the other",
              DataCase.dims(1_000_000),
              x -> x.cast(other(x.dtype())),
              "OTHER"),
          DataCase.of(
              "CAST_TO_INT",
              "cast to int32",
              DataCase.dims(1_000_000),
              x -> asNumbers(x.cast(DType.INT32).slice(0, 0, 100)),
              "torch.slice(x.to(3), 0, 0, 100)"),
          DataCase.of(
              "UNIFORM",
              "uniform",
              DataCase.dims(1_000_000),
              x -> Tensor.uniform(RANDOM, x.dtype(), 0, 1, x.size()),
              "torch.rand_like(x)"),
          DataCase.of(
              "NORMAL",
              "normal",
              DataCase.dims(1_000_000),
              x -> Tensor.normal(RANDOM, x.dtype(), x.size()),
              "torch.randn_like(x)"),
          DataCase.of(
              "KEY_UNIFORM",
              "uniform of a key",
              DataCase.dims(1_000_000),
              x -> new RandomKey(3).uniform(x.dtype(), x.size()),
              "torch.rand_like(x)"),
          DataCase.of(
              "KEY_NORMAL",
              "normal of a key",
              DataCase.dims(1_000_000),
              x -> new RandomKey(3).normal(x.dtype(), x.size()),
              "torch.randn_like(x)"),
          DataCase.of(
              "EYE",
              "eye",
              DataCase.dims(1),
              x -> Tensor.eye(x.dtype(), 1_000),
              "torch.eye(1000, dtype=x.dtype)"),
          DataCase.of(
              "TRIL",
              "tril",
              DataCase.dims(1),
              x -> Tensor.tril(x.dtype(), 1_000, 0),
              "torch.tril(torch.ones([1000, 1000], dtype=x.dtype), 0)"),
          DataCase.of(
              "ARANGE",
              "arange",
              DataCase.dims(1),
              x -> Tensor.arange(x.dtype(), 0, 1_000_000, 1),
              "torch.arange(0, 1000000, 1, dtype=x.dtype)"),
          DataCase.of(
              "LINSPACE",
              "linspace",
              DataCase.dims(1),
              x -> Tensor.linspace(x.dtype(), 0, 1, 1_000_000),
              "torch.linspace(0, 1, 1000000, dtype=x.dtype)"),
          DataCase.of(
              "PROD", "prod", DataCase.dims(1_000, 1_000), x -> x.prod(1), "torch.prod(x, 1)"),
          DataCase.of(
              "MAX_POOL",
              "max pool 2d",
              DataCase.dims(10, 10, 100, 100),
              x -> Pooling.maxPool2d(x, 2),
              "torch.max_pool2d(x, [2, 2])"),
          DataCase.of(
              "MAX_POOL_GRADIENT",
              "max pool 2d, gradient",
              DataCase.dims(10, 10, 100, 100),
              x -> Pooling.maxPool2d(x, 2),
              "torch.max_pool2d(x, [2, 2])"),
          DataCase.of(
              "AVG_POOL",
              "avg pool 2d",
              DataCase.dims(10, 10, 100, 100),
              x -> Pooling.avgPool2d(x, 2),
              "torch.avg_pool2d(x, [2, 2])"),
          DataCase.of(
              "AVG_POOL_GRADIENT",
              "avg pool 2d, gradient",
              DataCase.dims(10, 10, 100, 100),
              x -> Pooling.avgPool2d(x, 2),
              "torch.avg_pool2d(x, [2, 2])"),
          DataCase.of(
              "SOLVE",
              "solve",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.solve(regular(x), x),
              "torch.linalg_solve(REGULAR, x)"),
          DataCase.of(
              "INVERSE",
              "inverse",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          DataCase.of(
              "INVERSE_GRADIENT",
              "inverse, gradient",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          DataCase.of(
              "INVERSE_LARGE",
              "inverse",
              DataCase.dims(1_000, 1_000),
              x -> LinearAlgebra.inverse(regular(x)),
              "torch.inverse(REGULAR)"),
          DataCase.of(
              "DETERMINANT",
              "determinant",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.determinant(well(x)),
              "torch.det(WELL)"),
          DataCase.of(
              "DETERMINANT_GRADIENT",
              "determinant, gradient",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.determinant(well(x)),
              "torch.det(WELL)"),
          DataCase.of(
              "CHOLESKY",
              "cholesky",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          DataCase.of(
              "CHOLESKY_GRADIENT",
              "cholesky, gradient",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          DataCase.of(
              "CHOLESKY_LARGE",
              "cholesky",
              DataCase.dims(1_000, 1_000),
              x -> LinearAlgebra.cholesky(definite(x)),
              "torch.linalg_cholesky(DEFINITE)"),
          DataCase.of(
              "SVD",
              "svd",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"),
          DataCase.of(
              "SVD_TALL",
              "svd",
              DataCase.dims(1_000, 100),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"),
          DataCase.of(
              "SVD_GRADIENT",
              "svd, gradient",
              DataCase.dims(300, 300),
              x -> LinearAlgebra.svd(x).values(),
              "torch.linalg_svd(x, False)[1]"));

  static final List<DataCase> CASES =
      Stream.concat(OrderTable.CASES.stream(), OTHERS.stream()).toList();

  private DataTable() {}

  static DataCase named(String name) {
    return CASES.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
