package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution's weight. The batch is cut into chunks whose number depends on
 * shapes only; in each every element is one chain of fused multiply-adds from position to position,
 * and the chunks' results are added in order.
 *
 * <p>Output channels are neighbours here: the gradient of the output is turned so that those of one
 * position follow each other, and each is multiplied with every element of the window there.
 */
public final class WeightGradientLoop {
  /** Chunks of the batch: what limits how many threads can share the work. */
  private static final int CHUNKS = 8;

  /** Turned elements that should fit into the cache next to the processor. */
  private static final int TURNED_ELEMENTS = 6_144;

  private final ConvolutionShape shape;
  private final DType dtype;
  private final ConvolutionGrid grid;
  private final ConvolutionGrid.Filling filling;
  private final Operand g;
  private final Object weight;

  /** Elements of the kernel for one output channel. */
  private final int taps;

  /** Elements of the kernel that a vector kernel takes together. */
  private final int strip;

  /** Vectors that it takes together. */
  private final int vectors;

  /** Output channels of a group, rounded up to what vector kernels take together. */
  private final int width;

  /** For each element of the kernel its place in a window; whole strips of them. */
  private final int[] offsets;

  private final @Nullable WeightGradientKernel kernel;

  private WeightGradientLoop(
      ConvolutionShape shape, DType dtype, Operand x, Operand g, Object weight) {
    this.shape = shape;
    this.dtype = dtype;
    this.g = g;
    this.weight = weight;
    ConvolutionAxis rows = ConvolutionAxis.asItLies(shape.rows());
    ConvolutionAxis columns = ConvolutionAxis.asItLies(shape.columns());
    this.grid =
        new ConvolutionGrid(
            rows, columns, shape.groups() * shape.in(), Math.ceilDiv(shape.batch(), CHUNKS), 1);
    this.filling = grid.new Filling(dtype, x);
    this.taps = shape.in() * shape.kernel();
    int lanes = Lanes.count(dtype);
    this.vectors = WeightGradientTile.vectors(Math.max(1, Math.ceilDiv(shape.out(), lanes)));
    this.width = Math.ceilDiv(shape.out(), vectors * lanes) * vectors * lanes;
    int strips = Math.max(1, Math.ceilDiv(taps, WeightGradientTile.mostTaps(vectors)));
    this.strip = Math.ceilDiv(taps, strips);
    Target row = rows.targets().getFirst();
    int[] exact = grid.offsets(shape.in(), row, columns.targets().getFirst());
    this.offsets = Arrays.copyOf(exact, strip * strips);
    this.kernel =
        strip == 0 || vectors == 0 ? null : WeightGradientTile.of(dtype, strip, vectors).get();
  }

  /**
   * Computes the gradient.
   *
   * @param x strides along batch, channels, rows, columns
   * @param g the gradient of the output, likewise
   * @param weight receives the result in row-major order
   */
  public static void run(ConvolutionShape shape, DType dtype, Operand x, Operand g, Object weight) {
    new WeightGradientLoop(shape, dtype, x, g, weight).run();
  }

  /** What one thread works with. */
  private record Buffers(Object grid, Object turned) {}

  /** Refuses gradients of which some place, turned, has no int. */
  private void checkSize(int lines) {
    long channels = (long) shape.groups() * width;
    long positions = (long) lines * shape.columns().positions() + Lanes.count(dtype);
    long most = Math.max(positions, offsets.length);
    if (most > Integer.MAX_VALUE / Math.max(1, channels)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "weight gradient: %,d positions or elements of a kernel times %,d channels: at most"
                  + " %,d",
              most,
              channels,
              Integer.MAX_VALUE));
    }
  }

  private void run() {
    int chunks = Math.clamp(shape.batch(), 1, CHUNKS);
    int parts = Workers.parts(chunks, shape.products());
    int lines = shape.rows().positions() == 1 ? grid.together() : linesAtOnce();
    checkSize(lines);
    Buffers[] buffers = new Buffers[parts];
    for (int part = 0; part < parts; part++) {
      Object elements = Scratch.borrow(dtype, grid.size());
      buffers[part] = new Buffers(elements, Scratch.borrow(dtype, turnedSize(lines)));
    }
    Object[] sums = new Object[chunks];
    for (int chunk = 0; chunk < chunks; chunk++) {
      sums[chunk] = Scratch.borrow(dtype, offsets.length * row());
    }
    Workers.inParts(
        parts,
        chunks,
        (part, begin, end) -> {
          Rows.fill(buffers[part].grid, 0, grid.size(), 0);
          for (int chunk = begin; chunk < end; chunk++) {
            Rows.fill(sums[chunk], 0, offsets.length * row(), 0);
            int first = (int) ((long) chunk * shape.batch() / chunks);
            int last = (int) ((long) (chunk + 1) * shape.batch() / chunks);
            for (int n = first; n < last; n += grid.together()) {
              int count = Math.min(grid.together(), last - n);
              filling.fill(n, count, buffers[part].grid);
              addSamples(n, count, buffers[part], sums[chunk]);
            }
          }
        });
    addUp(sums);
    for (Object borrowed : sums) {
      Scratch.giveBack(borrowed);
    }
    for (Buffers borrowed : buffers) {
      Scratch.giveBack(borrowed.grid);
      Scratch.giveBack(borrowed.turned);
    }
  }

  /** From one element of the kernel to the next in the sums. */
  private int row() {
    return shape.groups() * width;
  }

  private int turnedLine() {
    return shape.columns().positions() * row();
  }

  /** With room for vectors that turn more positions than a short line has. */
  private int turnedSize(int lines) {
    return lines * turnedLine() + Lanes.count(dtype) * row();
  }

  private int linesAtOnce() {
    long line = (long) shape.columns().positions() * row();
    return Math.clamp(TURNED_ELEMENTS / Math.max(1, line), 1, shape.rows().positions());
  }

  /** Lines are the rows of a sample, or whole samples if they have only one. */
  private void addSamples(int first, int count, Buffers buffers, Object sums) {
    int rows = shape.rows().positions();
    if (rows == 1) {
      for (int n = 0; n < count; n++) {
        turn(first + n, 0, 1, buffers.turned, n * turnedLine());
      }
      add(0, count, grid.sample(), buffers, sums);
      return;
    }
    int atOnce = linesAtOnce();
    int line = shape.rows().stride() * grid.pitch();
    for (int n = 0; n < count; n++) {
      for (int p = 0; p < rows; p += atOnce) {
        int lines = Math.min(atOnce, rows - p);
        turn(first + n, p, lines, buffers.turned, 0);
        add(n * grid.sample() + p * line, lines, line, buffers, sums);
      }
    }
  }

  private void add(int from, int lines, int line, Buffers buffers, Object sums) {
    int columns = shape.columns().positions();
    int step = vectors * Lanes.count(dtype);
    for (int group = 0; group < shape.groups(); group++) {
      int window = grid.channel(group * shape.in()) + from;
      int channel = group * width;
      if (kernel == null) {
        scalar(window, lines, line, channel, buffers, sums);
        continue;
      }
      for (int tap = 0; tap < offsets.length; tap += strip) {
        for (int o = channel; o < channel + width; o += step) {
          kernel.run(
              lines,
              columns,
              shape.columns().stride(),
              buffers.grid,
              window,
              line,
              offsets,
              tap,
              buffers.turned,
              o,
              row(),
              sums,
              tap * row() + o,
              row());
        }
      }
    }
  }

  /** The definition: at each position every element of the window times every gradient. */
  private void scalar(int window, int lines, int line, int channel, Buffers buffers, Object sums) {
    int from = channel;
    for (int l = 0; l < lines; l++) {
      for (int q = 0; q < shape.columns().positions(); q++) {
        int place = window + l * line + q * shape.columns().stride();
        for (int k = 0; k < taps; k++) {
          int to = k * row() + channel;
          Rows.addScaled(
              buffers.grid, place + offsets[k], buffers.turned, from, sums, to, shape.out());
        }
        from += row();
      }
    }
  }

  /** Rows of positions with the channels innermost. */
  private void turn(int n, int p, int lines, Object turned, int at) {
    int from = g.offset() + n * g.stride(0) + p * g.stride(2);
    if (!turnByVectors(from, lines, turned, at)) {
      for (int l = 0; l < lines; l++) {
        turn(from + l * g.stride(2), turned, at + l * turnedLine());
      }
    }
  }

  /**
   * The same for positions that follow each other, if that can be done. Of a line shorter than a
   * vector it turns what follows too, which the next line takes the place of.
   */
  private boolean turnByVectors(int from, int lines, Object turned, int at) {
    int columns = shape.columns().positions();
    int depth = Math.max(lines * columns, Lanes.count(dtype));
    boolean possible =
        Lanes.VECTOR
            && shape.groups() == 1
            && g.stride(1) > 1
            && g.stride(3) == 1
            && (lines == 1 || g.stride(2) == columns)
            && from + (shape.out() - 1) * g.stride(1) + depth <= g.length();
    if (possible) {
      Packing.of(dtype)
          .pack(g.array(), from, g.stride(1), 1, shape.out(), depth, turned, at, row());
    }
    return possible;
  }

  /** One row of positions. */
  private void turn(int from, Object turned, int at) {
    int columns = shape.columns().positions();
    for (int group = 0; group < shape.groups(); group++) {
      int start = from + group * shape.out() * g.stride(1);
      int to = at + group * width;
      int channel = g.stride(1);
      int step = g.stride(3);
      if (turned instanceof float[] floats) {
        float[] source = (float[]) g.array();
        FloatWeightGradient.turn(
            source, start, channel, step, floats, to, row(), shape.out(), columns);
      } else {
        double[] source = (double[]) g.array();
        double[] doubles = (double[]) turned;
        DoubleWeightGradient.turn(
            source, start, channel, step, doubles, to, row(), shape.out(), columns);
      }
    }
  }

  /** The chunks' results in order, from [taps, outputs] to [outputs, taps]. */
  private void addUp(Object[] sums) {
    for (int chunk = 1; chunk < sums.length; chunk++) {
      Rows.add(sums[chunk], sums[0], taps * row());
    }
    for (int o = 0; o < shape.groups() * shape.out(); o++) {
      int from = o / shape.out() * width + o % shape.out();
      Rows.gather(sums[0], from, row(), weight, o * taps, taps);
    }
  }
}
