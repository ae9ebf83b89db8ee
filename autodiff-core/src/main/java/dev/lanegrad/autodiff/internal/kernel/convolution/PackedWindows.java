package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution as a product of matrices, the factors times the windows, of which a few vectors are
 * packed at a time, used for all channels of the result, and forgotten. On packed operands tiles
 * check no bounds and so keep both multipliers busy, which pays from some channels on.
 *
 * <p>Blocks of taps are as deep as windows stay in the first-level cache; between blocks the chains
 * rest in an array of their own.
 */
final class PackedWindows {
  /** Channels for which windows are worth packing, measured with 16 registers. */
  private static final int FEWEST_CHANNELS = 48;

  /** Taps in a block at most. */
  private static final int DEPTH = 192;

  /** Chains that rest at once, so that they stay in the second-level cache. */
  private static final int RESTING = 24_576;

  private final DType dtype;
  private final Kernels kernels;
  private final int[] offsets;
  private final PackedWeight weight;

  /** For each strip its biases as vectors: where chains begin. */
  private final Object biases;

  /** Vectors of a tile. */
  private final int vectors;

  private final int width;

  /** Elements of a tile. */
  private final int tile;

  /** Taps in a block, but perhaps the last. */
  private final int depth;

  /** Where in a tile its vectors lie. */
  private final int[] places;

  /** Which lanes of a vector are in the next row. */
  private final Object masks;

  /** The kernels for so many channels. */
  record Kernels(PackedKernel tiles, WindowsKernel windows) {}

  PackedWindows(DType dtype, Kernels kernels, int[] offsets, PackedWeight weight, int groups) {
    this.dtype = dtype;
    this.kernels = kernels;
    this.offsets = offsets;
    this.weight = weight;
    this.vectors = ConvolutionTile.vectors(weight.height());
    this.width = vectors * Lanes.count(dtype);
    this.tile = weight.height() * width;
    this.depth = Math.ceilDiv(offsets.length, Math.ceilDiv(offsets.length, DEPTH));
    this.places = new int[vectors];
    Arrays.setAll(places, j -> j * Lanes.count(dtype));
    this.masks = WindowsWriter.table(dtype, Lanes.count(dtype));
    int strips = groups * weight.strips();
    this.biases = Scratch.borrow(dtype, strips * tile);
    for (int strip = 0; strip < strips; strip++) {
      for (int i = 0; i < weight.height(); i++) {
        int bias = weight.at(0, strip) + i;
        Rows.fill(weight.array(), bias, biases, strip * tile + i * width, width);
      }
    }
  }

  /** Whether windows are worth packing for so many channels of the result. */
  static boolean pays(int channels) {
    return Lanes.VECTOR && Lanes.BITS != 512 && !Settings.ARM && channels >= FEWEST_CHANNELS;
  }

  /**
   * The kernels for strips of so many channels, or null while they are not compiled.
   *
   * @param joins whether vectors may lie in two rows
   */
  static @Nullable Kernels kernels(DType dtype, int height, boolean joins) {
    PackedKernel tiles = PackedTile.of(dtype, height).get();
    WindowsKernel windows = WindowsTile.of(dtype, ConvolutionTile.vectors(height), joins).get();
    return tiles == null || windows == null ? null : new Kernels(tiles, windows);
  }

  void giveBack() {
    Scratch.giveBack(biases);
  }

  /**
   * Computes all channels of a group.
   *
   * @param from where in the grid the first vector begins
   * @param to where in the target the first channel goes
   * @param row from one channel to the next
   */
  void run(
      int group, Object grid, int from, ConvolutionBlocks blocks, Object target, int to, int row) {
    int tiles = blocks.loads().length / vectors;
    int together = Math.clamp(RESTING / (weight.strips() * tile), 1, tiles);
    boolean inOneBlock = depth == offsets.length;
    Object panel = Scratch.borrow(dtype, depth * width);
    Object sums = inOneBlock ? biases : Scratch.borrow(dtype, together * weight.strips() * tile);
    for (int t = 0; t < tiles; t += together) {
      int end = Math.min(t + together, tiles);
      run(group, grid, from, blocks, t, end, panel, sums, target, to, row);
    }
    Scratch.giveBack(panel);
    if (!inOneBlock) {
      Scratch.giveBack(sums);
    }
  }

  /** Computes some tiles. */
  private void run(
      int group,
      Object grid,
      int from,
      ConvolutionBlocks blocks,
      int firstTile,
      int endTile,
      Object panel,
      Object sums,
      Object target,
      int to,
      int row) {
    int strips = weight.strips();
    for (int tap = 0; tap < offsets.length; tap += depth) {
      int taps = Math.min(depth, offsets.length - tap);
      boolean isLast = tap + taps == offsets.length;
      for (int t = firstTile; t < endTile; t++) {
        int block = t * vectors;
        kernels.windows.run(
            offsets,
            tap,
            taps,
            grid,
            from,
            blocks.loads(),
            blocks.nexts(),
            blocks.masks(),
            masks,
            block,
            panel);
        for (int strip = 0; strip < strips; strip++) {
          int rest = ((t - firstTile) * strips + strip) * tile;
          kernels.tiles.run(
              taps,
              panel,
              0,
              weight.array(),
              weight.at(group, strip) + (tap + 1) * weight.height(),
              tap == 0 ? biases : sums,
              tap == 0 ? (group * strips + strip) * tile : rest,
              isLast ? target : sums,
              isLast ? to + weight.channel(strip) * row : rest,
              isLast ? row : width,
              isLast ? blocks.stores() : places,
              isLast ? block : 0);
        }
      }
    }
  }
}
