package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import java.util.Arrays;

/**
 * Which vectors of neighbouring places a convolution computes: where each is loaded in the grid and
 * stored, in whole blocks.
 *
 * @param loads relative to a channel of the grid
 * @param stores relative to a channel of the result, or of the tile that is copied out later
 * @param direct whether vectors go straight to the result
 */
record ConvolutionBlocks(int[] loads, int[] stores, boolean direct) {
  static final ConvolutionBlocks NONE = new ConvolutionBlocks(new int[0], new int[0], false);

  /** Lanes that have to be of use for vectors to go straight to the result, of five. */
  private static final int USEFUL_FIFTHS = 4;

  /**
   * Vectors over some samples.
   *
   * @param lanes in a vector
   * @param block vectors in a block
   * @param samples how many
   * @param image from one sample to the next in the result
   * @param width of a row of the result
   */
  static ConvolutionBlocks of(
      ConvolutionGrid grid,
      Target rows,
      Target columns,
      int lanes,
      int block,
      int samples,
      int image,
      int width) {
    int count = columns.count();
    int perRow = Math.ceilDiv(count, lanes);
    boolean direct =
        columns.step() == 1 && count >= lanes && 5 * count >= USEFUL_FIFTHS * perRow * lanes;
    return direct
        ? direct(grid, rows, columns, lanes, block, samples, image, width)
        : overGrid(grid, rows, columns, lanes, block, samples);
  }

  /** Row by row of the result; the last vector of a row ends where the row does. */
  private static ConvolutionBlocks direct(
      ConvolutionGrid grid,
      Target rows,
      Target columns,
      int lanes,
      int block,
      int samples,
      int image,
      int width) {
    int perRow = Math.ceilDiv(columns.count(), lanes);
    int vectors = samples * rows.count() * perRow;
    int[] loads = new int[Math.ceilDiv(vectors, block) * block];
    int[] stores = new int[loads.length];
    for (int v = 0; v < vectors; v++) {
      int row = v / perRow;
      int n = row / rows.count();
      int r = row % rows.count();
      int column = Math.min(v % perRow * lanes, columns.count() - lanes);
      loads[v] = n * grid.sample() + r * grid.pitch() + column;
      stores[v] = n * image + (rows.first() + r * rows.step()) * width + columns.first() + column;
    }
    repeatLast(loads, vectors);
    repeatLast(stores, vectors);
    return new ConvolutionBlocks(loads, stores, true);
  }

  /** Over the places of the grid: of each sample, or of all where that takes fewer vectors. */
  private static ConvolutionBlocks overGrid(
      ConvolutionGrid grid, Target rows, Target columns, int lanes, int block, int samples) {
    int span = (rows.count() - 1) * grid.pitch() + columns.count();
    int each = Math.ceilDiv(span, lanes);
    int across = Math.ceilDiv((samples - 1) * grid.sample() + span, lanes);
    boolean apart = samples * each < across;
    int vectors = apart ? samples * each : across;
    int[] places = new int[Math.ceilDiv(vectors, block) * block];
    for (int v = 0; v < vectors; v++) {
      places[v] = apart ? v / each * grid.sample() + v % each * lanes : v * lanes;
    }
    repeatLast(places, vectors);
    return new ConvolutionBlocks(places, places, false);
  }

  private static void repeatLast(int[] table, int count) {
    if (count > 0) {
      Arrays.fill(table, count, table.length, table[count - 1]);
    }
  }
}
