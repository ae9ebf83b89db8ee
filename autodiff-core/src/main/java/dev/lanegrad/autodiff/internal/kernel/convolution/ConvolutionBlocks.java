package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import java.util.Arrays;

/**
 * Which vectors of neighbouring places a convolution computes: where each is loaded in the grid and
 * stored, in whole blocks.
 *
 * @param loads relative to a channel of the grid
 * @param nexts where its last lanes would be if the row of their places began earlier: those lanes
 *     of a vector that are in the next row; otherwise {@code loads}
 * @param masks how many lanes come from there
 * @param stores relative to a channel of the result, or of the tile that is copied out later
 * @param direct whether vectors go straight to the result
 */
record ConvolutionBlocks(int[] loads, int[] nexts, int[] masks, int[] stores, boolean direct) {
  static final ConvolutionBlocks NONE = new ConvolutionBlocks(new int[0], new int[0], false);

  /** Lanes that have to be of use for vectors to go straight to the result, of five. */
  private static final int USEFUL_FIFTHS = 4;

  private ConvolutionBlocks(int[] loads, int[] stores, boolean direct) {
    this(loads, loads, loads, stores, direct);
  }

  /**
   * Whether vectors can go over a plane of the result without a look at its rows: each lies in two
   * rows at most.
   *
   * @param size of the plane
   * @param width of a row
   */
  static boolean canJoin(int size, int width, int lanes) {
    return size >= lanes && width >= lanes - 1;
  }

  /** Over whole planes of the result; the last vector of a plane ends where it does. */
  static ConvolutionBlocks joining(
      ConvolutionGrid grid, int lanes, int block, int samples, int image, int size, int width) {
    int perPlane = Math.ceilDiv(size, lanes);
    int vectors = samples * perPlane;
    int length = Math.ceilDiv(vectors, block) * block;
    int[] loads = new int[length];
    int[] nexts = new int[length];
    int[] masks = new int[length];
    int[] stores = new int[length];
    for (int v = 0; v < vectors; v++) {
      int n = v / perPlane;
      int place = Math.min(v % perPlane * lanes, size - lanes);
      int row = place / width;
      int head = Math.min(lanes, width - place % width);
      loads[v] = n * grid.sample() + row * grid.pitch() + place % width;
      nexts[v] = head == lanes ? loads[v] : n * grid.sample() + (row + 1) * grid.pitch() - head;
      masks[v] = lanes - head;
      stores[v] = n * image + place;
    }
    for (int[] table : new int[][] {loads, nexts, masks, stores}) {
      repeatLast(table, vectors);
    }
    return new ConvolutionBlocks(loads, nexts, masks, stores, true);
  }

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
