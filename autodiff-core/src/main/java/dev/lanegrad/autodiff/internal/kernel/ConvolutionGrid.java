package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.internal.kernel.ConvolutionAxis.Target;

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

  ConvolutionGrid(ConvolutionAxis rows, ConvolutionAxis columns, int channels, int batch) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.pitch = columns.pitch();
    this.sample = rows.extent() * pitch;
    int fitting = MOST_ELEMENTS / Math.max(1, sample * planes());
    int wanted = Math.min(fitting, Math.ceilDiv(WANTED_PLACES, Math.max(1, sample)));
    this.together = Math.clamp(wanted, 1, Math.max(1, batch));
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

  /**
   * Copies samples into a grid whose other elements are zeros.
   *
   * @param source strides along batch, channels, rows, columns
   */
  void fill(Operand source, int first, int count, Object grid) {
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < channels; c++) {
        int from = source.offset() + (first + n) * source.stride(0) + c * source.stride(1);
        int to = channel(c) + n * sample;
        for (int u = 0; u < rows.sources(); u++) {
          int phase = rows.phaseOf(u) * columns.phases() * plane;
          int row = to + phase + rows.placeOf(u) * pitch;
          fillRow(source, from + u * source.stride(2), grid, row);
        }
      }
    }
  }

  private void fillRow(Operand source, int from, Object grid, int row) {
    int step = source.stride(3);
    int phases = columns.phases();
    for (int u = 0; u < phases && u < columns.sources(); u++) {
      int to = row + columns.phaseOf(u) * plane + columns.placeOf(u);
      int count = Math.ceilDiv(columns.sources() - u, phases);
      Rows.gather(source.array(), from + u * step, step * phases, grid, to, count);
    }
  }
}
