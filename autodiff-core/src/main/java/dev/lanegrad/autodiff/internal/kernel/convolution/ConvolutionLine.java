package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.copying.Box;
import dev.lanegrad.autodiff.internal.kernel.copying.RowMoves;
import java.util.List;

/**
 * Passes over the same rows of the result.
 *
 * @param leader the one with the first element of each row
 * @param moves of two passes together, whose results take turns in every row
 */
record ConvolutionLine(List<ConvolutionPass> passes, ConvolutionPass leader, RowMoves moves) {
  /**
   * Of some passes.
   *
   * @param width of a row of the result
   */
  static ConvolutionLine of(DType dtype, List<ConvolutionPass> passes, int width) {
    ConvolutionPass first = passes.getFirst();
    ConvolutionPass leader = first.columns().first() == 0 ? first : passes.getLast();
    return new ConvolutionLine(passes, leader, alternating(dtype, passes, leader, width));
  }

  /** How two passes are copied together whose results take turns in a row. */
  private static RowMoves alternating(
      DType dtype, List<ConvolutionPass> passes, ConvolutionPass leader, int width) {
    if (passes.size() != 2 || leader.columns().step() != 2) {
      return RowMoves.NONE;
    }
    int tiles = passes.getFirst().tile() + passes.getLast().tile();
    Box box = leader.box();
    Box.Steps to = new Box.Steps(box.to().plane(), box.to().row(), 1);
    Box both = new Box(box.planes(), box.rows(), width, box.from(), to);
    return RowMoves.alternating(dtype, both, tiles - 2 * leader.tile());
  }

  /**
   * Copies a strip of channels out of the tiles where results do not go straight to their places.
   *
   * @param channel where in each pass's tile it begins
   * @param sample from one sample to the next there
   * @param image where in the result it goes
   * @param resultSample from one sample to the next there
   * @param count samples
   */
  void copyOut(
      Object tile, int channel, int sample, Object result, int image, int resultSample, int count) {
    int first = leader.tile() + channel;
    int start = image + leader.start();
    int done = moves.run(count, tile, first, sample, result, start, resultSample);
    for (ConvolutionPass pass : passes) {
      if (pass.blocks().direct() || done == count) {
        continue;
      }
      int at = pass.tile() + channel;
      int to = image + pass.start();
      int from = done;
      if (from == 0) {
        from = pass.moves().run(count, tile, at, sample, result, to, resultSample);
      }
      for (int n = from; n < count; n++) {
        pass.box().copy(tile, at + n * sample, result, to + n * resultSample);
      }
    }
  }
}
