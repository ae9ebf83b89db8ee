package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.kernel.ConvolutionAxis.Target;
import java.util.ArrayList;
import java.util.List;

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
    this.sample = rows.extent() * pitch;
    int fitting = MOST_ELEMENTS / Math.max(1, sample * planes());
    int wanted = Math.min(fitting, Math.ceilDiv(WANTED_PLACES, Math.max(1, sample)));
    int turns = Math.ceilDiv(Math.ceilDiv(batch, Math.max(1, wanted)), parts) * parts;
    this.together = Math.max(1, Math.ceilDiv(batch, Math.max(1, turns)));
    this.plane = together * sample + Math.max(0, columns.extent() - pitch) + SLACK;
  }

  private int planes() {
    return channels * rows.phases() * columns.phases();
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
    return channel * rows.phases() * columns.phases() * plane;
  }

  /** For each channel and element of the kernel that takes part its distance. */
  int[] offsets(int count, Target row, Target column) {
    int[] offsets = new int[count * row.taps().length * column.taps().length];
    int at = 0;
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < row.taps().length; i++) {
        for (int j = 0; j < column.taps().length; j++) {
          int phase = row.phase()[i] * columns.phases() + column.phase()[j];
          offsets[at++] = channel(c) + phase * plane + row.shift()[i] * pitch + column.shift()[j];
        }
      }
    }
    return offsets;
  }

  /** One phase of rows and columns of a sample. */
  private record Deal(Box box, int from, int to) {}

  /** Copies samples of a source into grids. */
  final class Filling {
    private final Operand source;
    private final List<Deal> deals = new ArrayList<>();

    /**
     * Plans the copying.
     *
     * @param source strides along batch, channels, rows, columns
     */
    Filling(Operand source) {
      this.source = source;
      for (int u = 0; u < Math.min(rows.phases(), rows.sources()); u++) {
        for (int v = 0; v < Math.min(columns.phases(), columns.sources()); v++) {
          deals.add(deal(u, v));
        }
      }
    }

    /** What lies whole phases behind row u and column v. */
    private Deal deal(int u, int v) {
      int rowStep = source.stride(2);
      int columnStep = source.stride(3);
      Box box =
          new Box(
              channels,
              Math.ceilDiv(rows.sources() - u, rows.phases()),
              Math.ceilDiv(columns.sources() - v, columns.phases()),
              new Box.Steps(
                  source.stride(1), rowStep * rows.phases(), columnStep * columns.phases()),
              new Box.Steps(channel(1), pitch, 1));
      int phase = rows.phaseOf(u) * columns.phases() + columns.phaseOf(v);
      int place = rows.placeOf(u) * pitch + columns.placeOf(v);
      return new Deal(box, source.offset() + u * rowStep + v * columnStep, phase * plane + place);
    }

    /** Copies samples into a grid whose other elements are zeros. */
    void fill(int first, int count, Object grid) {
      for (int n = 0; n < count; n++) {
        int from = (first + n) * source.stride(0);
        for (Deal deal : deals) {
          deal.box.copy(source.array(), from + deal.from, grid, n * sample + deal.to);
        }
      }
    }
  }
}
