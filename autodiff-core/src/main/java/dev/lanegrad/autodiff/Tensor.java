package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Node;
import dev.lanegrad.autodiff.internal.graph.TensorAccess;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import dev.lanegrad.autodiff.internal.op.Concat;
import dev.lanegrad.autodiff.internal.op.Einsum;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of numbers of one {@link DType} with any number of dimensions.
 *
 * <p>Operations on a tensor that {@link #requiresGrad()}, and on what comes from it, are recorded;
 * {@link #backward()} then computes gradients. Binary operations broadcast as in NumPy. Factories
 * that take floats make float32, those that take doubles float64.
 *
 * <p>Tensors may be shared between threads.
 */
public final class Tensor
    implements ElementMethods, ElementwiseMethods, ReductionMethods, ShapeMethods {
  static {
    TensorAccess.set(new Access());
  }

  private final Storage storage;
  private final Layout layout;
  private final @Nullable Node node;
  private final int outputIndex;

  private Tensor(Storage storage, Layout layout, @Nullable Node node, int outputIndex) {
    Settings.check();
    this.storage = storage;
    this.layout = layout;
    this.node = node;
    this.outputIndex = outputIndex;
  }

  // ---- making tensors

  /** A float32 vector, [n]. PyTorch: {@code torch.tensor}. */
  public static Tensor of(float... values) {
    return of(Shape.of(values.length), values);
  }

  /** A float64 vector. */
  public static Tensor of(double... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * A float32 matrix from its rows, [rows, columns].
   *
   * @throws ShapeException if rows differ in length
   */
  public static Tensor of(float[][] rows) {
    return Patterns.stacked(
        Present.all("of", "rows", rows).stream().map(Tensor::of).toList(), DType.FLOAT32, 2);
  }

  /**
   * A float64 matrix from its rows, [rows, columns].
   *
   * @throws ShapeException if rows differ in length
   */
  public static Tensor of(double[][] rows) {
    return Patterns.stacked(
        Present.all("of", "rows", rows).stream().map(Tensor::of).toList(), DType.FLOAT64, 2);
  }

  /**
   * A float32 tensor of three dimensions, [planes, rows, columns].
   *
   * @throws ShapeException if rows differ in length, or planes in rows
   */
  public static Tensor of(float[][][] planes) {
    return Patterns.stacked(
        Present.all("of", "planes", planes).stream().map(Tensor::of).toList(), DType.FLOAT32, 3);
  }

  /**
   * A float64 tensor of three dimensions, [planes, rows, columns].
   *
   * @throws ShapeException if rows differ in length, or planes in rows
   */
  public static Tensor of(double[][][] planes) {
    return Patterns.stacked(
        Present.all("of", "planes", planes).stream().map(Tensor::of).toList(), DType.FLOAT64, 3);
  }

  /**
   * A float32 tensor of a shape from its elements in row-major order.
   *
   * @throws ShapeException if the shape takes another number of elements
   */
  public static Tensor of(Shape shape, float... values) {
    return copyOf(DType.FLOAT32, shape, values, values.length);
  }

  /**
   * A float64 tensor of a shape from its elements in row-major order.
   *
   * @throws ShapeException if the shape takes another number of elements
   */
  public static Tensor of(Shape shape, double... values) {
    return copyOf(DType.FLOAT64, shape, values, values.length);
  }

  /**
   * An int32 tensor of a shape from its elements in row-major order. PyTorch: {@code
   * torch.tensor(.., dtype=torch.int32)}.
   *
   * @throws ShapeException if the shape takes another number of elements
   */
  public static Tensor ofInts(Shape shape, int... values) {
    return copyOf(DType.INT32, shape, values, values.length);
  }

  /** An int32 vector, such as class labels. */
  public static Tensor ofInts(int... values) {
    return ofInts(Shape.of(values.length), values);
  }

  private static Tensor copyOf(DType dtype, Shape shape, Object values, int length) {
    if (length != shape.size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "of: shape %s takes %d elements, %d were given",
              shape,
              shape.size(),
              length));
    }
    return new Tensor(Storage.copyOf(dtype, values, length), Layout.rowMajor(shape), null, 0);
  }

  /**
   * A bool tensor of a shape from its elements in row-major order. PyTorch: {@code torch.tensor}.
   *
   * @throws ShapeException if the shape takes another number of elements
   */
  public static Tensor ofBooleans(Shape shape, boolean... values) {
    return copyOf(DType.BOOL, shape, values, values.length);
  }

  /** A bool vector, such as a mask. */
  public static Tensor ofBooleans(boolean... values) {
    return ofBooleans(Shape.of(values.length), values);
  }

  /**
   * A tensor whose elements come piece by piece, as from a file: no memory is needed but its own
   * and that of a piece, at most 64 KB.
   *
   * @param next fills the little-endian buffer that it is given with the bytes of the next elements
   *     in row-major order; of a bool element one, which is 0 for false
   * @throws ShapeException if it leaves a buffer unfilled
   */
  public static Tensor read(DType dtype, Shape shape, Consumer<ByteBuffer> next) {
    Present.of("read", "dtype", dtype);
    Present.of("read", "shape", shape);
    Present.of("read", "next", next);
    return new Tensor(Storage.read(dtype, shape.size(), next), Layout.rowMajor(shape), null, 0);
  }

  /**
   * A tensor that has a dtype and a shape and no numbers, as on PyTorch's device "meta". What is
   * computed from it has none either: operations and layers check what they are given and say what
   * they would make of it, and nothing runs. Parameters and running statistics stay as they are.
   *
   * <pre>{@code
   * Tensor batch = Tensor.meta(DType.FLOAT32, 100, 40);
   * Tensor weight = Tensor.meta(DType.FLOAT32, 40, 10);
   * TensorType outputs = batch.matmul(weight).relu().type(); // float32[100, 10]
   * }</pre>
   *
   * @throws ShapeException if a dimension is negative
   */
  public static Tensor meta(DType dtype, int... shape) {
    return meta(dtype, Shape.of(Present.of("meta", "shape", shape)));
  }

  /** A tensor of a shape without numbers, see {@link #meta(DType, int...)}. */
  public static Tensor meta(DType dtype, Shape shape) {
    Present.of("meta", "dtype", dtype);
    return meta(new TensorType(dtype, Present.of("meta", "shape", shape)));
  }

  private static Tensor meta(TensorType type) {
    Storage none = Storage.withoutNumbers(type.dtype());
    return new Tensor(none, Layout.rowMajor(type.shape()), null, 0);
  }

  /** Whether this has no numbers, see {@link #meta(DType, int...)}. PyTorch: {@code is_meta}. */
  public boolean isMeta() {
    return !storage.hasNumbers();
  }

  /**
   * A tensor of zeros; of shape [] where no dimension is given. PyTorch: {@code torch.zeros}.
   *
   * @throws ShapeException if a dimension is negative
   */
  public static Tensor zeros(DType dtype, int... shape) {
    return zeros(dtype, Shape.of(Present.of("zeros", "shape", shape)));
  }

  /** A tensor of zeros of a shape. */
  public static Tensor zeros(DType dtype, Shape shape) {
    Present.of("zeros", "dtype", dtype);
    int size = Present.of("zeros", "shape", shape).size();
    return new Tensor(Storage.allocate(dtype, size), Layout.rowMajor(shape), null, 0);
  }

  /** A tensor whose elements are written into its array, which holds zeros. */
  static Tensor written(DType dtype, Shape shape, Consumer<Object> writer) {
    Tensor result =
        new Tensor(Storage.allocate(dtype, shape.size()), Layout.rowMajor(shape), null, 0);
    writer.accept(result.storage.array());
    return result;
  }

  /**
   * A tensor of ones; of shape [] where no dimension is given. PyTorch: {@code torch.ones}.
   *
   * @throws ShapeException if a dimension is negative
   */
  public static Tensor ones(DType dtype, int... shape) {
    return full(dtype, 1, shape);
  }

  /** A tensor of ones of a shape. */
  public static Tensor ones(DType dtype, Shape shape) {
    return full(dtype, 1, shape);
  }

  /**
   * A tensor of one number repeated.
   *
   * <p>PyTorch: {@code torch.full}.
   *
   * @throws DTypeException if the dtype has no such number, as int32 has no 2.7 and bool no 2
   */
  public static Tensor full(DType dtype, double value, int... shape) {
    return full(dtype, value, Shape.of(Present.of("full", "shape", shape)));
  }

  /**
   * A tensor of a shape of one number repeated.
   *
   * @throws DTypeException if the dtype has no such number
   */
  public static Tensor full(DType dtype, double value, Shape shape) {
    Present.of("full", "dtype", dtype).requireHolding("full", value);
    Tensor result = zeros(dtype, shape);
    switch (dtype) {
      case FLOAT32 -> Arrays.fill(result.storage.floats(), (float) value);
      case FLOAT64 -> Arrays.fill(result.storage.doubles(), value);
      case INT32 -> Arrays.fill(result.storage.ints(), (int) value);
      case BOOL -> Arrays.fill(result.storage.booleans(), value != 0);
    }
    return result;
  }

  /**
   * A tensor of one number, of shape []. PyTorch: {@code torch.tensor}.
   *
   * @throws DTypeException if the dtype has no such number
   */
  public static Tensor scalar(DType dtype, double value) {
    return full(dtype, value);
  }

  /**
   * The identity matrix. Its array is new memory that the JVM fills with zeros; PyTorch, which
   * writes into memory that it has just freed, takes a third of the time in float32.
   */
  public static Tensor eye(DType dtype, int n) {
    return Patterns.identity(dtype, n);
  }

  /**
   * 1 on and below diagonal number {@code diagonal} of an [n, n] matrix, 0 above. PyTorch: {@code
   * torch.ones(n, n).tril(diagonal)}.
   *
   * @throws ShapeException if n is negative
   */
  public static Tensor tril(DType dtype, int n, int diagonal) {
    return Patterns.matrix(dtype, n, n, (i, j) -> j - i <= diagonal);
  }

  /**
   * 1 on and above diagonal number {@code diagonal} of an [n, n] matrix, 0 below. PyTorch: {@code
   * torch.ones(n, n).triu(diagonal)}.
   *
   * @throws ShapeException if n is negative
   */
  public static Tensor triu(DType dtype, int n, int diagonal) {
    return Patterns.matrix(dtype, n, n, (i, j) -> j - i >= diagonal);
  }

  /**
   * start, start + step, ... up to {@code end}, which is not reached. PyTorch: {@code
   * torch.arange}.
   *
   * @throws DTypeException if one of them is not in the dtype, as int32 has no 0.5
   * @throws ShapeException if there are more numbers than a tensor has elements
   */
  public static Tensor arange(DType dtype, double start, double end, double step) {
    return Patterns.range(dtype, start, end, step);
  }

  /**
   * {@code count} numbers from {@code first} to {@code last} at equal distances: each is {@code
   * first} and its share of the way, by a division, which is twice as slow as adding multiples of a
   * rounded step. PyTorch: {@code torch.linspace}.
   *
   * @throws DTypeException if one of them is not in the dtype, as int32 has no 0.5
   */
  public static Tensor linspace(DType dtype, double first, double last, int count) {
    return Patterns.linspace(dtype, first, last, count);
  }

  /**
   * Tensors one after the other along an axis. PyTorch: {@code torch.cat}.
   *
   * @throws ShapeException if there is none, or shapes differ in another axis
   * @throws DTypeException if dtypes differ
   */
  public static Tensor concat(int axis, List<Tensor> parts) {
    if (Present.all("concat", "parts", parts).isEmpty()) {
      throw new ShapeException("concat: no tensors given");
    }
    int chosen = Axes.normalize("concat", axis, parts.getFirst().shape());
    return new Concat(chosen).apply(parts).getFirst();
  }

  /**
   * Tensors of one shape side by side along a new axis. PyTorch: {@code torch.stack}.
   *
   * @throws ShapeException if there is none, or shapes differ
   * @throws DTypeException if dtypes differ
   */
  public static Tensor stack(int axis, List<Tensor> parts) {
    for (Tensor part : Present.all("stack", "parts", parts)) {
      if (!part.shape().equals(parts.getFirst().shape())) {
        throw new ShapeException(
            "stack: shapes differ: " + Shape.join(parts.stream().map(Tensor::shape).toList()));
      }
    }
    return concat(axis, parts.stream().map(part -> part.unsqueeze(axis)).toList());
  }

  /**
   * Sums of products in index notation, such as {@code ij,jk->ik}. PyTorch: {@code torch.einsum}.
   *
   * @throws ShapeException if the expression cannot be read, or shapes do not fit it
   */
  public static Tensor einsum(String expression, Tensor... operands) {
    return Einsum.of(expression, operands);
  }

  /**
   * Uniform numbers from {@code low} (inclusive) to {@code high} (exclusive), or all {@code low} if
   * they are equal. PyTorch: {@code torch.empty(..).uniform_(low, high)}.
   *
   * @throws IllegalArgumentException unless {@code low <= high}, and both and their difference are
   *     finite, in this dtype
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public static Tensor uniform(
      RandomGenerator random, DType dtype, double low, double high, int... shape) {
    return uniform(random, dtype, low, high, Shape.of(Present.of("uniform", "shape", shape)));
  }

  /**
   * Uniform numbers of a shape, see {@link #uniform(RandomGenerator, DType, double, double,
   * int...)}.
   */
  public static Tensor uniform(
      RandomGenerator random, DType dtype, double low, double high, Shape shape) {
    Present.of("uniform", "random", random);
    requireFloating("uniform", dtype);
    return Patterns.uniform(random, dtype, low, high, Present.of("uniform", "shape", shape));
  }

  /**
   * Numbers of the standard normal distribution, drawn one after another by {@link
   * RandomGenerator#nextGaussian()}, so that they are those of the JDK; this takes two to four
   * times as long as PyTorch's vectors of one fixed generator, {@code torch.randn}.
   *
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public static Tensor normal(RandomGenerator random, DType dtype, int... shape) {
    return normal(random, dtype, Shape.of(Present.of("normal", "shape", shape)));
  }

  /**
   * Numbers of the standard normal distribution of a shape, see {@link #normal(RandomGenerator,
   * DType, int...)}.
   *
   * @throws DTypeException if the dtype is neither float32 nor float64
   */
  public static Tensor normal(RandomGenerator random, DType dtype, Shape shape) {
    Present.of("normal", "random", random);
    requireFloating("normal", dtype);
    return Patterns.normal(random, dtype, Present.of("normal", "shape", shape));
  }

  /**
   * A vector of doubles, rounded to float32 or kept as float64.
   *
   * @throws DTypeException if the dtype is another
   */
  public static Tensor ofDoubles(DType dtype, double... values) {
    return ofDoubles(dtype, Shape.of(values.length), values);
  }

  /**
   * Doubles rounded to float32 or kept as float64.
   *
   * @throws ShapeException if the shape takes another number of elements
   * @throws DTypeException if the dtype is another
   */
  public static Tensor ofDoubles(DType dtype, Shape shape, double... values) {
    requireFloating("ofDoubles", dtype);
    if (dtype == DType.FLOAT64) {
      return of(shape, values);
    }
    return of(shape, ElementArrays.rounded(values));
  }

  private static void requireFloating(String operation, DType dtype) {
    if (!Present.of(operation, "dtype", dtype).isFloating()) {
      throw new DTypeException("%s: makes float32 or float64, not %s".formatted(operation, dtype));
    }
  }

  // ---- reading tensors

  /** The lengths of the dimensions. */
  public Shape shape() {
    return layout.shape();
  }

  /** The type of the elements. */
  public DType dtype() {
    return storage.dtype();
  }

  /** Dtype and shape. */
  public TensorType type() {
    return new TensorType(dtype(), shape());
  }

  /** The number of dimensions. PyTorch: {@code dim}. */
  public int rank() {
    return shape().rank();
  }

  /** The number of elements. PyTorch: {@code numel}; its {@code size} is {@link #shape}. */
  public int size() {
    return shape().size();
  }

  /** Shape, dtype and values. */
  @Override
  public String toString() {
    return TensorText.of(this);
  }

  // ---- gradients

  /**
   * A leaf of the same elements on which operations are recorded from now on. PyTorch: {@code
   * requires_grad_}, which changes the tensor instead.
   *
   * @throws DTypeException unless the dtype is floating
   */
  public Tensor requiresGrad() {
    if (!dtype().isFloating()) {
      throw new DTypeException(
          "requiresGrad: gradients flow through float32 and float64, not " + dtype());
    }
    return new Tensor(storage, layout, Node.leaf(type()), 0);
  }

  /** Whether operations on this tensor are recorded. PyTorch: {@code requires_grad}. */
  public boolean isTracked() {
    return node != null;
  }

  /** The same elements without a recorded history. */
  public Tensor detach() {
    return node == null ? this : new Tensor(storage, layout, null, 0);
  }

  /**
   * The gradients of this scalar with respect to every leaf that it depends on.
   *
   * @throws GradientException if this is not a tracked scalar
   */
  public Gradients backward() {
    if (size() != 1) {
      throw new GradientException(
          "backward: shape %s is not a scalar; reduce it first, as by sum(), or give a seed"
              .formatted(shape()));
    }
    return backward(full(dtype(), 1, shape()));
  }

  /**
   * The gradients of the sum of this tensor times {@code seed}.
   *
   * @param seed a tensor of this shape and dtype
   * @throws GradientException if this is not tracked, or the seed has another shape or dtype
   */
  public Gradients backward(Tensor seed) {
    return Gradients.of(this, seed);
  }

  private static final class Access implements TensorAccess {
    @Override
    public Storage storage(Tensor tensor) {
      return tensor.storage;
    }

    @Override
    public Layout layout(Tensor tensor) {
      return tensor.layout;
    }

    @Override
    public @Nullable Node node(Tensor tensor) {
      return tensor.node;
    }

    @Override
    public int outputIndex(Tensor tensor) {
      return tensor.outputIndex;
    }

    @Override
    public Tensor withoutNumbers(Tensor tensor) {
      Storage none = Storage.withoutNumbers(tensor.dtype());
      return new Tensor(none, tensor.layout, tensor.node, tensor.outputIndex);
    }

    @Override
    public Tensor meta(TensorType type) {
      return Tensor.meta(type);
    }

    @Override
    public Tensor make(Storage storage, Layout layout) {
      return new Tensor(storage, layout, null, 0);
    }

    @Override
    public Tensor tracked(Tensor tensor, Node node, int outputIndex) {
      return new Tensor(tensor.storage, tensor.layout, node, outputIndex);
    }
  }
}
