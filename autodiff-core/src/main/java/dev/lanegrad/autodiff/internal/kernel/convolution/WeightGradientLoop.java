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
  private static final int TURNED_ELEMENTS = 12_288;

  private final ConvolutionShape shape;
  private final DType dtype;
  private final ConvolutionGrid grid;

  /** What copies the other factor into the grid; null where it is read as it lies. */
  private final ConvolutionGrid.@Nullable Filling filling;

  private final WeightGradientRoles roles;

  /** The factor that is turned. */
  private final Operand g;

  private final Object weight;

  /** Elements of the kernel that a vector kernel takes together. */
  private final int strip;

  /** Whether every channel is a group of its own: then the input, too, is turned. */
  private final boolean apart;

  /** Output channels that a vector kernel takes together. */
  private final int panel;

  /** For each element of the kernel its place in a window; whole strips of them. */
  private final int[] offsets;

  private final @Nullable WeightGradientKernel kernel;

  private WeightGradientLoop(WeightGradientRoles roles, DType dtype, Object weight) {
    this.shape = roles.shape();
    this.dtype = dtype;
    this.roles = roles;
    this.g = roles.turned();
    this.weight = weight;
    ConvolutionAxis rows = ConvolutionAxis.forward(shape.rows());
    ConvolutionAxis columns = roles.columns();
    this.grid =
        new ConvolutionGrid(
            rows, columns, shape.groups() * shape.in(), Math.ceilDiv(shape.batch(), CHUNKS), 1);
    int lanes = Lanes.count(dtype);
    boolean single = shape.in() == 1 && shape.out() == 1 && shape.groups() > 1;
    this.filling = roles.isInPlace() && !single ? null : grid.new Filling(dtype, roles.single());
    int vectors = WeightGradientTile.vectors(Math.max(1, Math.ceilDiv(shape.out(), lanes)));
    int strips = Math.max(1, Math.ceilDiv(taps(), WeightGradientTile.mostTaps(vectors)));
    this.strip = Math.ceilDiv(taps(), strips);
    this.kernel =
        (single
                ? WeightGradientTile.apart(dtype, strip)
                : WeightGradientTile.of(dtype, strip, vectors))
            .get();
    this.apart = single && kernel != null;
    this.panel = vectors * lanes;
    Target row = rows.targets().getFirst();
    int[] exact = grid.offsets(shape.in(), row, columns.targets().getFirst());
    this.offsets = Arrays.copyOf(exact, strip * strips);
    if (filling == null) {
      Arrays.setAll(offsets, i -> i < exact.length ? i * channelStep() : 0);
    } else if (apart) {
      Arrays.setAll(offsets, i -> offsets[i] * lanes);
    }
  }

  /**
   * Computes the gradient.
   *
   * @param x strides along batch, channels, rows, columns
   * @param g the gradient of the output, likewise
   * @param weight receives the result in row-major order
   */
  public static void run(ConvolutionShape shape, DType dtype, Operand x, Operand g, Object weight) {
    WeightGradientRoles roles = WeightGradientRoles.of(shape, x, g, Lanes.count(dtype));
    new WeightGradientLoop(roles, dtype, weight).run();
  }

  /** What one thread works with. */
  private record Buffers(Object grid, Object turnedGrid, Object turned) {}

  /** Refuses gradients of which some place, turned, has no int. */
  private void checkSize(int lines) {
    long all = (long) sets() * width();
    long positions = (long) lines * shape.columns().positions() + Lanes.count(dtype);
    long most = Math.max(positions, Math.max(offsets.length, apart ? grid.channel(1) : 0));
    if (most > Integer.MAX_VALUE / Math.max(1, all)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "weight gradient: %,d positions or elements of a kernel times %,d channels: at most"
                  + " %,d",
              most,
              all,
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
      Object elements =
          filling == null ? roles.single().array() : Scratch.borrow(dtype, grid.size());
      Object turnedGrid = apart ? Scratch.borrow(dtype, row() * grid.channel(1)) : elements;
      Object turned = Scratch.borrow(dtype, row() / panel * turnedPanel(lines));
      buffers[part] = new Buffers(elements, turnedGrid, turned);
    }
    Object[] sums = new Object[parts == 1 ? Math.min(chunks, 2) : chunks];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Scratch.borrow(dtype, offsets.length * row());
    }
    Workers.inParts(
        parts,
        chunks,
        (part, begin, end) -> {
          if (filling != null) {
            Rows.fill(buffers[part].grid, 0, grid.size(), 0);
          }
          for (int chunk = begin; chunk < end; chunk++) {
            Object own = sums[Math.min(chunk, sums.length - 1)];
            addChunk(chunk, chunks, buffers[part], own);
            if (parts == 1 && chunk > 0) {
              Rows.add(own, sums[0], taps() * row());
            }
          }
        });
    for (int chunk = 1; parts > 1 && chunk < chunks; chunk++) {
      Rows.add(sums[chunk], sums[0], taps() * row());
    }
    store(sums[0]);
    for (Object borrowed : sums) {
      Scratch.giveBack(borrowed);
    }
    for (Buffers borrowed : buffers) {
      if (filling != null) {
        Scratch.giveBack(borrowed.grid);
      }
      if (apart) {
        Scratch.giveBack(borrowed.turnedGrid);
      }
      Scratch.giveBack(borrowed.turned);
    }
  }

  private void addChunk(int chunk, int chunks, Buffers buffers, Object sums) {
    Rows.fill(sums, 0, offsets.length * row(), 0);
    int first = (int) ((long) chunk * shape.batch() / chunks);
    int last = (int) ((long) (chunk + 1) * shape.batch() / chunks);
    for (int n = first; n < last; n += grid.together()) {
      int count = Math.min(grid.together(), last - n);
      if (filling != null) {
        filling.fill(n, count, buffers.grid);
      }
      if (apart) {
        turnGrid(buffers);
      }
      addSamples(n, count, buffers, sums);
    }
  }

  /** Elements of the kernel for one output channel. */
  private int taps() {
    return shape.in() * shape.kernel();
  }

  /** Of output channels that meet the same input channels, or each its own. */
  private int sets() {
    return apart ? 1 : shape.groups();
  }

  /** Output channels of a set. */
  private int channels() {
    return apart ? shape.groups() : shape.out();
  }

  /** Output channels of a set, rounded up to whole panels. */
  private int width() {
    return Math.ceilDiv(channels(), panel) * panel;
  }

  /** From one element of the kernel to the next in the sums. */
  private int row() {
    return sets() * width();
  }

  /** From one panel of turned gradients to the next, with room for a vector behind it. */
  private int turnedPanel(int lines) {
    return (lines * shape.columns().positions() + Lanes.count(dtype)) * panel;
  }

  private int linesAtOnce() {
    long line = (long) shape.columns().positions() * panel;
    int rows = Math.max(1, shape.rows().positions());
    int most = Math.clamp(TURNED_ELEMENTS / Math.max(1, line), 1, rows);
    return Math.ceilDiv(rows, Math.ceilDiv(rows, most));
  }

  /** Lines are the rows of a sample, or whole samples if they have only one. */
  private void addSamples(int first, int count, Buffers buffers, Object sums) {
    int rows = shape.rows().positions();
    int columns = shape.columns().positions();
    if (rows == 1) {
      int panels = turnedPanel(grid.together());
      for (int n = 0; n < count; n++) {
        turn(first + n, 0, 1, buffers.turned, n * columns * panel, panels);
      }
      add(sample(first, 0), count, columns, sampleStep(), panels, buffers, sums);
      return;
    }
    int atOnce = linesAtOnce();
    int panels = turnedPanel(atOnce);
    int line = filling == null ? columns : grid.pitch();
    for (int n = 0; n < count; n++) {
      for (int p = 0; p < rows; p += atOnce) {
        int lines = Math.min(atOnce, rows - p);
        turn(first + n, p, lines, buffers.turned, 0, panels);
        int from = sample(first, n) + p * line;
        add(from, lines, columns, line, panels, buffers, sums);
      }
    }
  }

  private int sampleStep() {
    return filling == null ? roles.single().stride(0) : grid.sample();
  }

  /** Where sample n of those that lie together begins, of which the first has a number. */
  private int sample(int first, int n) {
    int start = filling == null ? roles.single().offset() + first * sampleStep() : 0;
    return start + n * sampleStep();
  }

  private int channelStep() {
    return filling == null ? roles.single().stride(1) : grid.channel(1);
  }

  private void add(
      int from, int lines, int columns, int line, int panels, Buffers buffers, Object sums) {
    int runs = line == columns ? 1 : lines;
    int positions = lines / runs * columns;
    Object source = buffers.turnedGrid;
    for (int o = 0; o < row(); o += panel) {
      int gradients = o / panel * panels;
      int window =
          apart
              ? o * grid.channel(1) + from * panel
              : o / width() * shape.in() * channelStep() + from;
      if (kernel == null) {
        scalar(window, lines, columns, line, gradients, o, buffers, sums);
        continue;
      }
      for (int tap = 0; tap < offsets.length; tap += strip) {
        int to = tap * row() + o;
        for (int run = 0; run < runs; run++) {
          int start = window + run * line * (apart ? panel : 1);
          int at = gradients + run * columns * panel;
          kernel.run(positions, source, start, offsets, tap, buffers.turned, at, sums, to, row());
        }
      }
    }
  }

  /** The definition: each element of the window times every gradient, position after position. */
  private void scalar(
      int window,
      int lines,
      int columns,
      int line,
      int gradients,
      int o,
      Buffers buffers,
      Object sums) {
    int some = Math.min(panel, channels() - o % width());
    for (int k = 0; k < taps(); k++) {
      int places = window + offsets[k];
      int to = k * row() + o;
      if (sums instanceof float[] floats) {
        float[] source = (float[]) buffers.grid;
        float[] turned = (float[]) buffers.turned;
        FloatWeightGradient.addTap(
            source, places, line, lines, columns, turned, gradients, panel, floats, to, some);
      } else {
        double[] source = (double[]) buffers.grid;
        double[] turned = (double[]) buffers.turned;
        double[] doubles = (double[]) sums;
        DoubleWeightGradient.addTap(
            source, places, line, lines, columns, turned, gradients, panel, doubles, to, some);
      }
    }
  }

  /** The grid with the channels of each panel innermost. */
  private void turnGrid(Buffers buffers) {
    int plane = grid.channel(1);
    for (int c = 0; c < channels(); c += panel) {
      int some = Math.min(panel, channels() - c);
      Packing.of(dtype)
          .pack(
              buffers.grid, c * plane, plane, 1, some, plane, buffers.turnedGrid, c * plane, panel);
    }
  }

  /** Rows of positions with the channels of each panel innermost. */
  private void turn(int n, int p, int lines, Object turned, int at, int panels) {
    int from = g.offset() + n * g.stride(0) + p * g.stride(2);
    for (int o = 0; o < row(); o += panel) {
      int some = Math.min(panel, channels() - o % width());
      int start = from + (o / width() * channels() + o % width()) * g.stride(1);
      int to = at + o / panel * panels;
      if (!turnByVectors(start, some, lines, turned, to)) {
        for (int l = 0; l < lines; l++) {
          int line = to + l * shape.columns().positions() * panel;
          turn(start + l * g.stride(2), some, turned, line);
        }
      }
    }
  }

  /**
   * The same for positions that follow each other, if that can be done. Of a line shorter than a
   * vector it turns what follows too, which the next line takes the place of.
   */
  private boolean turnByVectors(int from, int some, int lines, Object turned, int at) {
    int columns = shape.columns().positions();
    int depth = Math.max(lines * columns, Lanes.count(dtype));
    boolean possible =
        Lanes.VECTOR
            && g.stride(1) > 1
            && g.stride(3) == 1
            && (lines == 1 || g.stride(2) == columns)
            && from + (some - 1) * g.stride(1) + depth <= g.length();
    if (possible) {
      Packing.of(dtype).pack(g.array(), from, g.stride(1), 1, some, depth, turned, at, panel);
    }
    return possible;
  }

  /** One row of positions of a panel. */
  private void turn(int from, int some, Object turned, int at) {
    int columns = shape.columns().positions();
    int channel = g.stride(1);
    int step = g.stride(3);
    if (turned instanceof float[] floats) {
      float[] source = (float[]) g.array();
      FloatWeightGradient.turn(source, from, channel, step, floats, at, panel, some, columns);
    } else {
      double[] source = (double[]) g.array();
      double[] doubles = (double[]) turned;
      DoubleWeightGradient.turn(source, from, channel, step, doubles, at, panel, some, columns);
    }
  }

  /** From [taps, outputs] to [outputs, taps]. */
  private void store(Object sums) {
    for (int o = 0; roles.exchanged() && o < sets() * taps(); o++) {
      int from = o % taps() * row() + o / taps() * width();
      System.arraycopy(sums, from, weight, o * channels(), channels());
    }
    boolean byVectors = !roles.exchanged() && taps() > 0 && taps() % Lanes.count(dtype) == 0;
    for (int set = 0; byVectors && set < sets(); set++) {
      int to = set * channels() * taps();
      Packing.of(dtype).pack(sums, set * width(), row(), 1, taps(), channels(), weight, to, taps());
    }
    for (int o = 0; !roles.exchanged() && !byVectors && o < sets() * channels(); o++) {
      int from = o / channels() * width() + o % channels();
      Rows.gather(sums, from, row(), weight, o * taps(), taps());
    }
  }
}
