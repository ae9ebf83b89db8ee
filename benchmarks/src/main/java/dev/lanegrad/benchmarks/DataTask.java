package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A call of a {@link DataCase} on its data, in a scope.
 *
 * @param data what is done
 * @param dtype of the numbers
 */
record DataTask(DataCase data, DType dtype) implements Task {
  static final String KIND = "data";

  static DataTask of(String... words) {
    return new DataTask(DataTable.named(words[0]), DType.valueOf(words[1]));
  }

  @Override
  public String key() {
    return String.join(" ", KIND, data.name(), dtype.name());
  }

  @Override
  public String name() {
    return data.label();
  }

  @Override
  public String shape() {
    return data.dims().stream()
        .map(n -> String.format(Locale.ROOT, "%,d", n))
        .collect(Collectors.joining(" x "));
  }

  /** From 1/2 to 3/2. */
  double[] numbers() {
    return new SplittableRandom(5).doubles(Part.product(data.dims()), 0.5, 1.5).toArray();
  }

  /** What the results are multiplied by before they are added up, for gradients. */
  double[] seed(int results) {
    return new SplittableRandom(7).doubles(results, 0.5, 1.5).toArray();
  }

  int[] indices() {
    DataCase.Indices indices = data.indices();
    return new SplittableRandom(6).ints(Part.product(indices.dims()), 0, indices.bound()).toArray();
  }

  Work prepare() {
    Tensor x = Tensor.ofDoubles(dtype, shape(data.dims()), numbers());
    Tensor i = Tensor.ofInts(shape(data.indices().dims()), indices());
    Tensor input = data.withGradient() ? x.requiresGrad() : x;
    Tensor seed = data.withGradient() ? seed(data.function().apply(x, i).shape()) : x;
    return new Work(
        () -> Autodiff.tidy(() -> check(result(input, i, seed))),
        1,
        () ->
            data.isDetermined()
                ? Autodiff.tidy(() -> result(input, i, seed))
                    .cast(DType.FLOAT64)
                    .square()
                    .mean()
                    .item()
                : Double.NaN);
  }

  private Tensor seed(Shape shape) {
    return Tensor.ofDoubles(dtype, shape, seed(shape.size()));
  }

  private static void check(Tensor result) {
    if (result.size() == 0) {
      throw new AssertionError("nothing was computed");
    }
  }

  /** The value, or the gradient of a sum of multiples of all values. */
  private Tensor result(Tensor x, Tensor i, Tensor seed) {
    Tensor y = data.function().apply(x, i);
    return data.withGradient() ? y.backward(seed).of(x) : y;
  }

  private static Shape shape(List<Integer> dims) {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
