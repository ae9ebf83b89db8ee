package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Phase;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.kernel.copying.Box;
import dev.lanegrad.autodiff.internal.kernel.copying.RowMoves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a convolution finds its source: copied once, with zeros around it and dealt out into
 * phases, so that element k of the kernel is a fixed distance away and neighbouring results read
 * neighbours. Several samples follow each other, so that short rows make long ones.
 */
final class ConvolutionGrid {
  /** Elements that should fit into a level of the cache near the processor. */
  private static final int MOST_ELEMENTS = 65_536;

  /** Places worth going over at once. */
  private static final int WANTED_PLACES = 1_024;

  /** Room behind each plane: no vector reaches further beyond its last place. */
  private static final int SLACK = 16;

  private final ConvolutionAxis rows;
  private final ConvolutionAxis columns;
  private final int channels;
  private final int together;
  private final int pitch;
  private final int sample;
  private final int plane;

  /**
   * Plans a grid.
   *
   * @param parts into how many the work is cut: each gets as many turns
   */
  ConvolutionGrid(
      ConvolutionAxis rows, ConvolutionAxis columns, int channels, int batch, int parts) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.pitch = columns.pitch();
    checkSize();
    this.sample = rows.extent() * pitch;
    int fitting = MOST_ELEMENTS / Math.max(1, sample * planes());
    int wanted = Math.min(fitting, Math.ceilDiv(WANTED_PLACES, Math.max(1, sample)));
    int turns = Math.ceilDiv(Math.ceilDiv(batch, Math.max(1, wanted)), parts) * parts;
    this.together = Math.max(1, Math.ceilDiv(batch, Math.max(1, turns)));
    this.plane = together * sample + Math.max(0, columns.extent() - pitch) + SLACK;
  }

  /** Refuses a sample of which some place in a grid, or in what is computed of it, has no int. */
  private void checkSize() {
    long place = (long) rows.extent() * pitch + columns.extent() + SLACK;
    long grids = (long) channels * rows.phases().size() * columns.phases().size();
    long tiles = (long) ConvolutionTile.mostChannels() * Math.max(1, columns.targets().size());
    long times = Math.max(grids, tiles);
    if (place > Integer.MAX_VALUE / Math.max(1, times)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "convolution: a sample of %d channels of %d x %d takes %d x %d with its padding, %,d"
                  + " times: at most %,d elements in all",
              channels,
              rows.sources(),
              columns.sources(),
              rows.extent(),
              pitch,
              times,
              Integer.MAX_VALUE));
    }
  }

  private int planes() {
    return channels * rows.phases().size() * columns.phases().size();
  }

  /** How many samples lie side by side. */
  int together() {
    return together;
  }

  int pitch() {
    return pitch;
  }

  /** From one sample to the next. */
  int sample() {
    return sample;
  }

  int size() {
    return planes() * plane;
  }

  /** Where a channel begins. */
  int channel(int channel) {
    return channel * rows.phases().size() * columns.phases().size() * plane;
  }

  /** For each channel and element of the kernel that takes part its distance. */
  int[] offsets(int count, Target row, Target column) {
    return offsets(count, row, column, 1);
  }

  /**
   * The same for the first of each {@code run} elements in a row of the kernel.
   *
   * @param run divides those in a row
   */
  int[] offsets(int count, Target row, Target column, int run) {
    int[] offsets = new int[count * row.taps().length * column.taps().length / run];
    int at = 0;
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < row.taps().length; i++) {
        for (int j = 0; j < column.taps().length; j += run) {
          int phase = row.phase()[i] * columns.phases().size() + column.phase()[j];
          offsets[at++] = channel(c) + phase * plane + row.shift()[i] * pitch + column.shift()[j];
        }
      }
    }
    return offsets;
  }

  /**
   * One phase of rows and columns of a sample.
   *
   * @param evenly whether rows are as far apart in the source as in the grid
   */
  private record Deal(
      Box box, RowMoves moves, boolean evenly, int rows, int columns, int from, int to) {}

  /** Copies samples of a source into grids. */
  final class Filling {
    private final DType dtype;
    private final Operand source;
    private final List<Deal> deals = new ArrayList<>();

    /**
     * Plans the copying.
     *
     * @param source strides along batch, channels, rows, columns
     */
    Filling(DType dtype, Operand source) {
      this.dtype = dtype;
      this.source = source;
      int phase = 0;
      for (Phase row : rows.phases()) {
        for (Phase column : columns.phases()) {
          if (row.count() > 0 && column.count() > 0) {
            deals.add(deal(phase, row, column));
          }
          phase++;
        }
      }
    }

    /** What lies in a phase of the rows and one of the columns. */
    private Deal deal(int phase, Phase row, Phase column) {
      int rowStep = source.stride(2);
      int columnStep = source.stride(3);
      Box box =
          new Box(
              channels,
              row.count(),
              column.count(),
              new Box.Steps(
                  source.stride(1), rowStep * rows.stride(), columnStep * columns.stride()),
              new Box.Steps(channel(1), pitch, 1));
      boolean evenly = columnStep * columns.stride() == 1 && rowStep * rows.stride() == pitch;
      return new Deal(
          box,
          evenly ? RowMoves.NONE : RowMoves.of(dtype, box),
          evenly,
          row.count(),
          column.count(),
          source.offset() + row.first() * rowStep + column.first() * columnStep,
          phase * plane + row.place() * pitch + column.place());
    }

    /** Copies samples into a grid whose other elements are zeros. */
    void fill(int first, int count, Object grid) {
      int step = source.stride(0);
      for (Deal deal : deals) {
        int from = first * step + deal.from;
        int done = deal.moves.run(count, source.array(), from, step, grid, deal.to, sample);
        for (int n = done; n < count; n++) {
          if (deal.evenly) {
            copyEvenly(deal, from + n * step, grid, n * sample + deal.to);
          } else {
            deal.box.copy(source.array(), from + n * step, grid, n * sample + deal.to);
          }
        }
      }
    }

    /** Planes as they lie; what comes between their rows is zeros in the grid. */
    private void copyEvenly(Deal deal, int from, Object grid, int to) {
      for (int c = 0; c < channels; c++) {
        int start = from + c * source.stride(1);
        int target = to + channel(c);
        Rows.copy(source.array(), start, grid, target, pitch, deal.rows, deal.columns);
      }
    }
  }
}
