package dev.lanegrad.benchmarks;

import static dev.lanegrad.benchmarks.DataFunctions.asNumbers;

import java.util.List;

/**
 * Of {@link DataTable}, what sorts, chooses the largest and goes along an axis element by element.
 */
final class OrderTable {
  static final List<DataCase> CASES =
      List.of(
          DataCase.of(
              "SORT",
              "sort",
              DataCase.dims(1_000_000),
              x -> x.sort(0),
              "torch.sort(x, 0, False)[0]"),
          DataCase.of(
              "SORT_ROWS",
              "sort",
              DataCase.dims(1_000, 1_000),
              x -> x.sort(1),
              "torch.sort(x, 1, False)[0]"),
          DataCase.of(
              "SORT_COLUMNS",
              "sort of columns",
              DataCase.dims(1_000, 1_000),
              x -> x.sort(0),
              "torch.sort(x, 0, False)[0]"),
          DataCase.of(
              "SORT_SHORT_ROWS",
              "sort",
              DataCase.dims(100_000, 10),
              x -> x.sort(1),
              "torch.sort(x, 1, False)[0]"),
          DataCase.of(
              "SORT_GRADIENT",
              "sort, gradient",
              DataCase.dims(1_000_000),
              x -> x.sort(0),
              "torch.sort(x, 0, False)[0]"),
          DataCase.of(
              "TOP_10",
              "topK 10",
              DataCase.dims(1_000_000),
              x -> x.topK(10, 0).values(),
              "torch.topk(x, 10, 0)[0]"),
          DataCase.of(
              "TOP_10_OF_ROWS",
              "topK 10",
              DataCase.dims(1_000, 1_000),
              x -> x.topK(10, 1).values(),
              "torch.topk(x, 10, 1)[0]"),
          DataCase.of(
              "TOP_THOUSANDS",
              "topK 10,000",
              DataCase.dims(1_000_000),
              x -> x.topK(10_000, 0).values(),
              "torch.topk(x, 10000, 0)[0]"),
          DataCase.of(
              "ARG_MAX",
              "argmax",
              DataCase.dims(1_000_000),
              x -> asNumbers(x.argmax(0)),
              "torch.argmax(x, 0)"),
          DataCase.of(
              "ARG_MAX_OF_ROWS",
              "argmax",
              DataCase.dims(1_000, 1_000),
              x -> asNumbers(x.argmax(1)),
              "torch.argmax(x, 1)"),
          DataCase.of(
              "ARG_MAX_OF_COLUMNS",
              "argmax of columns",
              DataCase.dims(1_000, 1_000),
              x -> asNumbers(x.argmax(0)),
              "torch.argmax(x, 0)"),
          DataCase.of(
              "CUM_SUM",
              "cumsum",
              DataCase.dims(1_000_000),
              x -> x.cumsum(0),
              "torch.cumsum(x, 0)"),
          DataCase.of(
              "CUM_SUM_OF_ROWS",
              "cumsum",
              DataCase.dims(1_000, 1_000),
              x -> x.cumsum(1),
              "torch.cumsum(x, 1)"),
          DataCase.of(
              "CUM_SUM_OF_COLUMNS",
              "cumsum of columns",
              DataCase.dims(1_000, 1_000),
              x -> x.cumsum(0),
              "torch.cumsum(x, 0)"),
          DataCase.of(
              "CUM_SUM_GRADIENT",
              "cumsum, gradient",
              DataCase.dims(1_000_000),
              x -> x.cumsum(0),
              "torch.cumsum(x, 0)"),
          DataCase.of(
              "CUM_MAX",
              "cummax",
              DataCase.dims(1_000_000),
              x -> x.cummax(0).values(),
              "torch.cummax(x, 0)[0]"),
          DataCase.of(
              "CUM_MAX_OF_ROWS",
              "cummax",
              DataCase.dims(1_000, 1_000),
              x -> x.cummax(1).values(),
              "torch.cummax(x, 1)[0]"),
          DataCase.of(
              "CUM_MAX_OF_COLUMNS",
              "cummax of columns",
              DataCase.dims(1_000, 1_000),
              x -> x.cummax(0).values(),
              "torch.cummax(x, 0)[0]"),
          DataCase.of(
              "CUM_MAX_GRADIENT",
              "cummax, gradient",
              DataCase.dims(1_000, 1_000),
              x -> x.cummax(1).values(),
              "torch.cummax(x, 1)[0]"));

  private OrderTable() {}
}
