package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** What is timed. */
enum Operation {
  ADD(Ceiling.COPY, 3, binary(Tensor::add)),
  MUL(Ceiling.COPY, 3, binary(Tensor::mul)),
  RELU(Ceiling.COPY, 2, unary(Tensor::relu)),
  EXP(Ceiling.NONE, 2, unary(Tensor::exp)),
  TANH(Ceiling.NONE, 2, unary(Tensor::tanh)),
  SIGMOID(Ceiling.NONE, 2, unary(Tensor::sigmoid)),
  GELU(Ceiling.NONE, 2, unary(Tensor::gelu)),
  LOG(Ceiling.NONE, 2, Operation::logarithm),
  LOG1P(Ceiling.NONE, 2, Operation::logarithmOfOnePlus),
  EXPM1(Ceiling.NONE, 2, unary(Tensor::expm1)),
  SIN(Ceiling.NONE, 2, unary(Tensor::sin)),
  COS(Ceiling.NONE, 2, unary(Tensor::cos)),
  SUM(Ceiling.NONE, 1, unary(x -> x.sum())),
  MAX(Ceiling.NONE, 1, unary(x -> x.max())),
  SOFTMAX(Ceiling.NONE, 2, Operation::softmax),
  MATMUL(Ceiling.FMA, 0, Operation::matmul),
  /** The MNIST-1D network, forward and in reverse. */
  MLP_GRADIENT(Ceiling.NONE, 0, (dtype, size) -> new Mlp(dtype, size)::gradient),
  /** The same with an update by Adam. */
  MLP_STEP(Ceiling.NONE, 0, (dtype, size) -> new Mlp(dtype, size)::step),

  /** The ceiling of arithmetic. */
  FMA_PEAK(Ceiling.NONE, 0, (dtype, _) -> () -> FmaPeak.run(dtype)),
  /** The ceiling of memory. */
  COPY(Ceiling.NONE, 2, Operation::copy);

  private static final int SOFTMAX_COLUMNS = 128;

  /** Makes something to time, with data of its own. */
  @FunctionalInterface
  interface Maker {
    Runnable make(DType dtype, int size);
  }

  private final Ceiling ceiling;
  private final int arraysMoved;
  private final Maker maker;

  Operation(Ceiling ceiling, int arraysMoved, Maker maker) {
    this.ceiling = ceiling;
    this.arraysMoved = arraysMoved;
    this.maker = maker;
  }

  Ceiling ceiling() {
    return ceiling;
  }

  /** One call of the operation on data of its own. */
  Runnable prepare(DType dtype, int size) {
    return maker.make(dtype, size);
  }

  /** What one call does: floating-point operations, or else bytes read and written. */
  double work(DType dtype, int size) {
    return switch (this) {
      case MATMUL -> 2.0 * size * size * size;
      case FMA_PEAK -> FmaPeak.operations(dtype);
      default -> (double) arraysMoved * size * dtype.bytes();
    };
  }

  /** How a size reads in the table. */
  String shape(int size) {
    return switch (this) {
      case MATMUL -> String.format(Locale.ROOT, "%d x %d", size, size);
      case SOFTMAX ->
          String.format(Locale.ROOT, "%,d x %d", size / SOFTMAX_COLUMNS, SOFTMAX_COLUMNS);
      case MLP_GRADIENT, MLP_STEP -> "batch " + size;
      default -> String.format(Locale.ROOT, "%,d", size);
    };
  }

  /** The name in the table. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Maker unary(UnaryOperator<Tensor> function) {
    return (dtype, size) -> {
      Tensor x = normal(dtype, size);
      return () -> Autodiff.tidy(() -> apply(function, x));
    };
  }

  private static Maker binary(BinaryOperator<Tensor> function) {
    return (dtype, size) -> {
      Tensor y = normal(dtype, size);
      return unary(x -> function.apply(x, y)).make(dtype, size);
    };
  }

  private static Runnable logarithm(DType dtype, int size) {
    Tensor x = normal(dtype, size).abs().add(1e-3);
    return () -> Autodiff.tidy(() -> apply(Tensor::log, x));
  }

  private static Runnable logarithmOfOnePlus(DType dtype, int size) {
    Tensor x = normal(dtype, size).abs();
    return () -> Autodiff.tidy(() -> apply(Tensor::log1p, x));
  }

  private static Runnable softmax(DType dtype, int size) {
    Tensor x = normal(dtype, size / SOFTMAX_COLUMNS, SOFTMAX_COLUMNS);
    return () -> Autodiff.tidy(() -> apply(v -> v.softmax(1), x));
  }

  private static Runnable matmul(DType dtype, int size) {
    Tensor a = normal(dtype, size, size);
    Tensor b = normal(dtype, size, size);
    return () -> Autodiff.tidy(() -> apply(a::matmul, b));
  }

  private static Runnable copy(DType dtype, int size) {
    if (dtype == DType.FLOAT32) {
      float[] from = normal(dtype, size).toFloatArray();
      float[] to = new float[size];
      return () -> System.arraycopy(from, 0, to, 0, size);
    }
    double[] from = normal(dtype, size).toDoubleArray();
    double[] to = new double[size];
    return () -> System.arraycopy(from, 0, to, 0, size);
  }

  /** The result lies in memory that the next call reuses, so no call can be left out. */
  private static void apply(UnaryOperator<Tensor> function, Tensor x) {
    Tensor result = function.apply(x);
    if (result.size() == 0) {
      throw new AssertionError("nothing was computed");
    }
  }

  /** Numbers that are the same each time. */
  static Tensor normal(DType dtype, int... shape) {
    return Tensor.normal(new SplittableRandom(1), dtype, shape);
  }
}
