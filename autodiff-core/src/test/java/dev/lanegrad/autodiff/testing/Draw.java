package dev.lanegrad.autodiff.testing;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.op.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random shapes and tensors; tensors lie in memory in every way that views allow. */
public final class Draw {
  private static final int[] DIMS = {0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7};
  private static final int[] LONG_DIMS = {
    1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 48, 63, 64, 65, 100, 127, 128, 129, 200
  };

  private final Random random;

  public Draw(long seed) {
    this.random = new Random(seed);
  }

  public Random random() {
    return random;
  }

  /** A number from {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public DType floating() {
    return chance(0.5) ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** A length of a dimension, small, now and then 0. */
  public int dim() {
    return DIMS[random.nextInt(DIMS.length)];
  }

  /** A small shape of a rank within limits. */
  public Shape shape(int minRank, int maxRank) {
    int[] dims = new int[between(minRank, maxRank)];
    Arrays.setAll(dims, i -> dim());
    return Shape.of(dims);
  }

  /** A small shape without an empty dimension. */
  public Shape fullShape(int minRank, int maxRank) {
    int[] dims = shape(minRank, maxRank).toArray();
    Arrays.setAll(dims, i -> Math.max(dims[i], 1));
    return Shape.of(dims);
  }

  /** A shape with lengths around those of vectors, of so many elements at most. */
  public Shape longShape(int maxRank, int maxSize) {
    int[] dims = new int[between(0, maxRank)];
    int left = maxSize;
    for (int i : order(dims.length)) {
      do {
        dims[i] = LONG_DIMS[random.nextInt(LONG_DIMS.length)];
      } while (dims[i] > left);
      left /= dims[i];
    }
    return Shape.of(dims);
  }

  /** An axis of a shape, counted from the front. */
  public int axis(Shape shape) {
    return random.nextInt(shape.rank());
  }

  /** Some axes of a shape, sorted, at least one. */
  public int[] axes(Shape shape) {
    int[] order = order(shape.rank());
    return Arrays.stream(order).limit(between(1, shape.rank())).sorted().toArray();
  }

  /** The numbers from 0 to n - 1 in any order. */
  public int[] order(int n) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A shape that broadcasts to a given one. */
  public Shape broadcastingTo(Shape shape) {
    int[] dims = shape.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = chance(0.3) ? 1 : dims[i];
    }
    int dropped = chance(0.3) ? between(0, dims.length) : 0;
    return Shape.of(Arrays.copyOfRange(dims, dropped, dims.length));
  }

  /** Normal numbers, some of them large, small or a zero, in any layout. */
  public Tensor wild(DType dtype, Shape shape) {
    double[] numbers = new double[shape.size()];
    Arrays.setAll(
        numbers,
        i ->
            chance(0.05)
                ? -0.0
                : Math.scalb(random.nextGaussian(), chance(0.2) ? between(-20, 20) : 0));
    return laidOut(Tensor.ofDoubles(dtype, shape, numbers));
  }

  /** Normal numbers in float64, in any layout. */
  public Tensor normal(Shape shape) {
    return laidOut(Tensor.normal(random, DType.FLOAT64, shape.toArray()));
  }

  /** {@link #normal(Shape)} of some dimensions. */
  public Tensor normal(int... dims) {
    return normal(Shape.of(dims));
  }

  /** Numbers of an interval in float64, in any layout. */
  public Tensor uniform(double low, double high, Shape shape) {
    return laidOut(Tensor.uniform(random, DType.FLOAT64, low, high, shape.toArray()));
  }

  /** Numbers in float64 no two of which are close, in any order and layout. */
  public Tensor distinct(Shape shape) {
    int[] order = order(shape.size());
    double[] numbers = new double[order.length];
    Arrays.setAll(numbers, i -> 0.3 * (order[i] - order.length / 2.0) + 0.1 * random.nextDouble());
    Tensor x = Tensor.of(shape, numbers);
    return chance(0.5) ? view(x) : x;
  }

  /** Numbers from 0 to {@code bound} - 1 in int32, in any layout. */
  public Tensor indices(int bound, Shape shape) {
    int[] numbers = new int[shape.size()];
    Arrays.setAll(numbers, i -> random.nextInt(bound));
    return laidOut(Tensor.ofInts(shape, numbers));
  }

  /** The same elements, as they are or as a view, or as fewer elements that are repeated. */
  private Tensor laidOut(Tensor x) {
    return switch (random.nextInt(4)) {
      case 0 -> view(x);
      case 1 -> repeated(x);
      default -> x;
    };
  }

  /** Some axes cut to one element, which is repeated by an expanded view. */
  private Tensor repeated(Tensor x) {
    Tensor cut = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.shape().dim(axis) > 0 && chance(0.4)) {
        cut = cut.slice(axis, 0, 1);
      }
    }
    return copy(cut).expand(x.shape());
  }

  /** The same elements in row-major order. */
  public static Tensor copy(Tensor x) {
    return switch (x.dtype()) {
      case FLOAT32 -> Tensor.of(x.shape(), x.toFloatArray());
      case FLOAT64 -> Tensor.of(x.shape(), x.toDoubleArray());
      case INT32 -> Tensor.ofInts(x.shape(), x.toIntArray());
      case BOOL -> x;
    };
  }

  /** The same elements among others: axes permuted, elements skipped, order reversed. */
  public Tensor view(Tensor x) {
    int rank = x.rank();
    int[] order = order(rank);
    int[] inverse = new int[rank];
    for (int i = 0; i < rank; i++) {
      inverse[order[i]] = i;
    }
    int[] dims = x.shape().toArray();
    int[] wide = new int[rank];
    Slice[] slices = new Slice[rank];
    for (int i = 0; i < rank; i++) {
      int length = dims[order[i]];
      int step = chance(0.3) ? between(2, 3) : 1;
      int start = chance(0.4) ? between(1, 3) : 0;
      int span = length == 0 ? 0 : (length - 1) * step + 1;
      wide[i] = start + span + (chance(0.3) ? between(1, 2) : 0);
      boolean reversed = length > 0 && chance(0.2);
      slices[i] =
          reversed
              ? new Slice(i, start + span - 1, length, -step)
              : new Slice(i, start, length, step);
    }
    double[] among = new double[Shape.of(wide).size()];
    Arrays.fill(among, x.dtype().isFloating() ? Double.NaN : Integer.MIN_VALUE);
    scatter(copy(x.permute(order)).toDoubleArray(), Shape.of(wide), slices, among);
    Tensor view = Tensor.of(Shape.of(wide), among).cast(x.dtype());
    for (Slice slice : slices) {
      view = slice.applyTo(view);
    }
    return rank == 0 ? x : view.permute(inverse);
  }

  private static void scatter(double[] elements, Shape wide, Slice[] slices, double[] among) {
    int[] strides = wide.rowMajorStrides();
    for (int e = 0; e < elements.length; e++) {
      int at = 0;
      int rest = e;
      for (int i = slices.length - 1; i >= 0; i--) {
        int index = rest % slices[i].length();
        rest /= slices[i].length();
        at += (slices[i].start() + index * slices[i].step()) * strides[i];
      }
      among[at] = elements[e];
    }
  }
}
