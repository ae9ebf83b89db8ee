package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.WarmupThread;
import dev.lanegrad.autodiff.internal.kernel.copying.RowMovesFuzz;
import dev.lanegrad.autodiff.internal.kernel.pooling.SquarePoolFuzz;
import dev.lanegrad.autodiff.internal.kernel.pooling.SquarePoolKernels;
import dev.lanegrad.autodiff.internal.op.Convolution;
import dev.lanegrad.autodiff.internal.op.HiddenOps;
import dev.lanegrad.autodiff.internal.op.TransposedConvolution;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Convolutions of random shapes and layouts against nested loops that could not be simpler, to the
 * bit. Plain code, so that it also runs in JVMs started with other settings.
 */
final class ConvolutionFuzz {
  private static final int CHUNKS = 8;
  private static final int[] CHANNELS = {
    1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17, 25, 52
  };
  private static final int[] LENGTHS = {1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 19, 24, 28, 32, 33, 40};

  private static final Slide STILL = new Slide(1, 1, 1, 0, 0, 1);

  /** Rounds in which every kernel is asked for. */
  private static final int COLD_ROUNDS = 6;

  /** Kernels that copy from one place and from two, whole vectors and parts. */
  private static final int COPIES = 4;

  /** Channels that are computed from packed windows, so that strips of all heights occur. */
  private static final List<Integer> PACKED = List.of(48, 49);

  /** Kernels for strips of four and six channels, and to pack two and three vectors, two ways. */
  private static final int KERNELS_ON_PACKED = 6;

  private static final Formula ACTIVATION = Formula.input(0).relu();

  private final Draw draw;
  private final DType dtype;
  private final Slide rows;
  private final Slide columns;
  private final int batch;
  private final int groups;
  private final int in;
  private final int out;

  private ConvolutionFuzz(long seed) {
    this.draw = new Draw(seed);
    this.dtype = seed % 2 == 0 ? DType.FLOAT32 : DType.FLOAT64;
    this.columns = slide(draw);
    this.rows = draw.chance(0.3) ? STILL : slide(draw);
    this.batch = draw.between(1, draw.chance(0.2) ? 20 : 3);
    this.groups = draw.chance(0.7) ? 1 : draw.between(2, 3);
    boolean large = (long) rows.length() * columns.length() > 400;
    this.in = large ? draw.between(1, 3) : channels();
    this.out = channels();
  }

  /** Rows of {@code kernel} elements, from so many channels to so many. */
  private ConvolutionFuzz(DType dtype, int kernel, int in, int out) {
    this(dtype, kernel, 1, in, out);
  }

  private ConvolutionFuzz(DType dtype, int kernel, int groups, int in, int out) {
    this(dtype, STILL, new Slide(37, kernel, 1, 1, 1, 1), groups, in, out);
  }

  private ConvolutionFuzz(DType dtype, Slide rows, Slide columns, int groups, int in, int out) {
    int kernel = columns.kernel();
    this.draw = new Draw(kernel + 100L * in + 10_000L * out);
    this.dtype = dtype;
    this.columns = columns;
    this.rows = rows;
    this.batch = 3;
    this.groups = groups;
    this.in = in;
    this.out = out;
  }

  /** Rows and columns alike, so that both decide how x is copied. */
  private ConvolutionFuzz(DType dtype, Slide both, int in, int out) {
    this.draw = new Draw(both.kernel() + 100L * in + 10_000L * out);
    this.dtype = dtype;
    this.columns = both;
    this.rows = both;
    this.batch = 3;
    this.groups = draw.between(1, 2);
    this.in = in;
    this.out = out;
  }

  private int channels() {
    return CHANNELS[draw.random().nextInt(CHANNELS.length)];
  }

  private static Slide slide(Draw draw) {
    int kernel = draw.between(1, 5);
    int stride = draw.chance(0.6) ? 1 : draw.between(2, draw.chance(0.8) ? 3 : 9);
    int dilation = draw.chance(0.8) ? 1 : draw.between(2, 3);
    int before = draw.between(0, 3);
    int after = draw.chance(0.7) ? before : draw.between(0, 3);
    int least = dilation * (kernel - 1) + 1 - before - after;
    int length = LENGTHS[draw.random().nextInt(LENGTHS.length)];
    return new Slide(Math.max(length, least), kernel, stride, before, after, dilation);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s, batch %d, %d groups of %d to %d",
        dtype,
        rows,
        columns,
        batch,
        groups,
        in,
        out);
  }

  /** Runs rounds from a first seed on, and every kernel there is. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    run(first, rounds);
    int kernels = 0;
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      copiesAndPooling(dtype, first, 5 * rounds);
      kernels += everyKernel(dtype);
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "bits %d rounds %d, of %d kernels %d ran",
            Lanes.VECTOR ? Lanes.BITS : 0,
            rounds,
            kernels,
            ConvolutionKernels.ready()));
  }

  /** How many kernels there are for a dtype. */
  private static int everyKernel(DType dtype) {
    for (int channels = 1; channels <= ConvolutionTile.mostChannels(); channels++) {
      for (int kernel : new int[] {1, 3, 5}) {
        new ConvolutionFuzz(dtype, kernel, 2, channels).forward();
        new ConvolutionFuzz(dtype, kernel, channels, 2).transposed();
      }
    }
    int kernels = ConvolutionTile.mostChannels() * (ConvolutionTile.mostChannels() == 6 ? 5 : 1);
    kernels += SquarePoolKernels.of(dtype).size();
    kernels += Lanes.canRearrange(dtype) ? COPIES : 0;
    int mostVectors = Lanes.BITS == 512 ? 3 : 2;
    for (int vectors = 1; vectors <= mostVectors; vectors++) {
      int most = WeightGradientTile.mostTaps(vectors);
      for (int taps = 1; taps <= most; taps++) {
        new ConvolutionFuzz(dtype, taps, 1, vectors * Lanes.count(dtype)).weight();
      }
      kernels += most;
    }
    for (int taps = 1; taps <= WeightGradientTile.mostTaps(1); taps++) {
      new ConvolutionFuzz(dtype, taps, 11, 1, 1).weight();
    }
    kernels += WeightGradientTile.mostTaps(1);
    for (int stride = 1; stride <= 2; stride++) {
      new ConvolutionFuzz(dtype, new Slide(9, 1, stride, 0, 0, 1), 16, 24).weight();
      new ConvolutionFuzz(dtype, new Slide(9, 1, stride, 0, 0, 1), 24, 16).weight();
      new ConvolutionFuzz(dtype, new Slide(9, 3, stride, 1, 1, stride), 5, 24).weight();
    }
    if (PackedWindows.pays(PACKED.getFirst())) {
      PACKED.forEach(channels -> onPacked(dtype, channels));
      kernels += KERNELS_ON_PACKED;
    }
    return kernels;
  }

  private static void onPacked(DType dtype, int channels) {
    new ConvolutionFuzz(dtype, 3, 2, channels).forward();
    Slide rows = new Slide(5, 3, 1, 1, 1, 1);
    for (int width : new int[] {7, 11, 24}) {
      ConvolutionFuzz planes =
          new ConvolutionFuzz(dtype, rows, new Slide(width, 3, 1, 1, 1, 1), 1, channels, channels);
      planes.forward();
      planes.transposed();
    }
  }

  /** What a few kernels compute until they are compiled, and then once more. */
  static void hot(DType dtype) {
    for (int round = 0; round < COLD_ROUNDS; round++) {
      few(dtype, round);
    }
    AtomicInteger round = new AtomicInteger(COLD_ROUNDS);
    WarmupThread.await(
        () -> "the JIT to compile " + ConvolutionKernels.missing(),
        () -> {
          boolean compiled = ConvolutionKernels.allReady();
          few(dtype, round.getAndIncrement());
          return compiled;
        });
  }

  private static void few(DType dtype, int round) {
    new ConvolutionFuzz(dtype, 3, 11, 1, 1).weight();
    for (int channels : new int[] {1, 4, 7, 11, 48}) {
      ConvolutionFuzz fuzz = new ConvolutionFuzz(dtype, 5, 3, channels);
      fuzz.forward();
      fuzz.transposed();
      fuzz.weight();
    }
    copiesAndPooling(dtype, 20L * round, 20);
  }

  /** Fails if vectors have copied nothing although they could. */
  private static void copiesAndPooling(DType dtype, long first, int rounds) {
    int moved = 0;
    for (long seed = first; seed < first + rounds; seed++) {
      SquarePoolFuzz.run(dtype, seed);
      moved += RowMovesFuzz.run(dtype, seed);
    }
    if (moved == 0 && Lanes.canRearrange(dtype) && ConvolutionKernels.allReady()) {
      throw new AssertionError(
          String.format(Locale.ROOT, "of %d boxes vectors copied none", rounds));
    }
  }

  static void run(long first, int rounds) {
    for (long seed = first; seed < first + rounds; seed++) {
      run(seed);
    }
  }

  static void run(long seed) {
    ConvolutionFuzz fuzz = new ConvolutionFuzz(seed);
    fuzz.forward();
    fuzz.transposed();
    fuzz.weight();
  }

  private List<Slide> slides() {
    return List.of(rows, columns);
  }

  private Tensor x() {
    return draw.wild(dtype, Shape.of(batch, groups * in, rows.length(), columns.length()));
  }

  private Tensor y() {
    return draw.wild(dtype, Shape.of(batch, groups * out, rows.positions(), columns.positions()));
  }

  private Tensor w() {
    return draw.wild(dtype, Shape.of(groups * out, in, rows.kernel(), columns.kernel()));
  }

  private double[] bias(int channels, boolean biased) {
    return biased ? draw.wild(dtype, Shape.of(channels)).toDoubleArray() : new double[channels];
  }

  /** Once without and once with an activation, whose bits are those of a pass of its own. */
  private double[] apply(
      Function<Formula, Op> op, Tensor a, Tensor b, boolean biased, double[] bias) {
    List<Tensor> inputs =
        biased
            ? List.of(a, b, Tensor.ofDoubles(dtype, Shape.of(bias.length), bias))
            : List.of(a, b);
    Tensor result = op.apply(Formula.input(0)).apply(inputs).getFirst();
    Tensor fused = op.apply(ACTIVATION).apply(inputs).getFirst();
    Bits.assertSame(
        Elementwise.of(ACTIVATION).applyTo(result).toDoubleArray(),
        fused.toDoubleArray(),
        "activation of a convolution of " + this);
    return result.toDoubleArray();
  }

  private void forward() {
    Tensor x = x();
    Tensor w = w();
    boolean biased = draw.chance(0.5);
    double[] bias = bias(groups * out, biased);
    double[] actual = apply(f -> new Convolution(slides(), groups, f), x, w, biased, bias);
    double[] image = x.toDoubleArray();
    double[] weight = w.toDoubleArray();
    double[] expected = new double[actual.length];
    int at = 0;
    for (int n = 0; n < batch; n++) {
      for (int o = 0; o < groups * out; o++) {
        for (int p = 0; p < rows.positions(); p++) {
          for (int q = 0; q < columns.positions(); q++) {
            double sum = bias[o];
            for (int c = 0; c < in; c++) {
              int channel = o / out * in + c;
              for (int r = 0; r < rows.kernel(); r++) {
                for (int s = 0; s < columns.kernel(); s++) {
                  sum = fma(weight(weight, o, c, r, s), input(image, n, channel, p, r, q, s), sum);
                }
              }
            }
            expected[at++] = sum;
          }
        }
      }
    }
    Bits.assertSame(expected, actual, "convolution of " + this);
  }

  private void transposed() {
    Tensor g = y();
    Tensor w = w();
    boolean biased = draw.chance(0.5);
    double[] bias = bias(groups * in, biased);
    double[] actual =
        apply(f -> new TransposedConvolution(slides(), groups, f), g, w, biased, bias);
    double[] gradient = g.toDoubleArray();
    double[] weight = w.toDoubleArray();
    double[] expected = new double[actual.length];
    int at = 0;
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < groups * in; c++) {
        for (int h = 0; h < rows.length(); h++) {
          for (int v = 0; v < columns.length(); v++) {
            double sum = bias[c];
            for (int o = c / in * out; o < (c / in + 1) * out; o++) {
              for (int r = 0; r < rows.kernel(); r++) {
                int p = h + rows.before() - r * rows.dilation();
                for (int s = 0; s < columns.kernel(); s++) {
                  int q = v + columns.before() - s * columns.dilation();
                  boolean onGrid = p % rows.stride() == 0 && q % columns.stride() == 0;
                  if (onGrid) {
                    double spread = output(gradient, n, o, p / rows.stride(), q / columns.stride());
                    sum = fma(weight(weight, o, c % in, r, s), spread, sum);
                  }
                }
              }
            }
            expected[at++] = sum;
          }
        }
      }
    }
    Bits.assertSame(expected, actual, "transposed convolution of " + this);
  }

  private void weight() {
    Tensor x = x();
    Tensor g = y();
    double[] actual = HiddenOps.convolutionWeight(slides(), groups).applyTo(x, g).toDoubleArray();
    double[] image = x.toDoubleArray();
    double[] gradient = g.toDoubleArray();
    double[] expected = new double[actual.length];
    int chunks = Math.min(batch, CHUNKS);
    int at = 0;
    for (int o = 0; o < groups * out; o++) {
      for (int c = 0; c < in; c++) {
        for (int r = 0; r < rows.kernel(); r++) {
          for (int s = 0; s < columns.kernel(); s++) {
            double total = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
              double sum = 0;
              for (int n = chunk * batch / chunks; n < (chunk + 1) * batch / chunks; n++) {
                for (int p = 0; p < rows.positions(); p++) {
                  for (int q = 0; q < columns.positions(); q++) {
                    double input = input(image, n, o / out * in + c, p, r, q, s);
                    sum = fma(input, output(gradient, n, o, p, q), sum);
                  }
                }
              }
              total = chunk == 0 ? sum : rounded(total + sum);
            }
            expected[at++] = total;
          }
        }
      }
    }
    Bits.assertSame(expected, actual, "weight's gradient of " + this);
  }

  private double weight(double[] weight, int o, int c, int r, int s) {
    return weight[((o * in + c) * rows.kernel() + r) * columns.kernel() + s];
  }

  /** What a window sees of an image, or of the zeros around it. */
  private double input(double[] image, int n, int channel, int p, int r, int q, int s) {
    int row = p * rows.stride() + r * rows.dilation() - rows.before();
    int column = q * columns.stride() + s * columns.dilation() - columns.before();
    boolean inside = 0 <= row && row < rows.length() && 0 <= column && column < columns.length();
    int plane = n * groups * in + channel;
    return inside ? image[(plane * rows.length() + row) * columns.length() + column] : 0;
  }

  private double output(double[] gradient, int n, int o, int p, int q) {
    boolean inside = 0 <= p && p < rows.positions() && 0 <= q && q < columns.positions();
    int plane = n * groups * out + o;
    return inside ? gradient[(plane * rows.positions() + p) * columns.positions() + q] : 0;
  }

  private double fma(double a, double b, double c) {
    return dtype == DType.FLOAT32 ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  private double rounded(double x) {
    return dtype == DType.FLOAT32 ? (float) x : x;
  }
}
