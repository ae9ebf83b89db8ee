package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.internal.Twins;
import java.util.Arrays;

/** The loops of {@link StridedCopy} over floats. */
@Twins({double.class, int.class, boolean.class})
final class FloatCopies {
  private FloatCopies() {}

  /** Elements that lie {@code stride} apart to where they lie {@code step} apart. */
  static void run(
      float[] source, int start, int stride, float[] target, int at, int step, int length) {
    if (stride == 1 && step == 1) {
      System.arraycopy(source, start, target, at, length);
    } else if (stride == 0 && step == 1) {
      Arrays.fill(target, at, at + length, source[start]);
    } else if (stride == -1 && step == 1) {
      for (int i = 0; i < length; i++) {
        target[at + i] = source[start - i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        target[at + i * step] = source[start + i * stride];
      }
    }
  }

  /** Rows of a piece of a matrix, one after the other. */
  static void runs(
      float[] source,
      int first,
      float[] target,
      int result,
      StridedCopy.Tile tile,
      int height,
      int width) {
    for (int r = 0; r < height; r++) {
      int start = first + r * tile.rowFrom();
      run(source, start, tile.from(), target, result + r * tile.rowTo(), tile.to(), width);
    }
  }

  /** A piece of a matrix, with strides along its rows and columns. */
  static void piece(
      float[] source,
      int first,
      float[] target,
      int result,
      StridedCopy.Tile tile,
      int height,
      int width) {
    for (int r = 0; r < height; r++) {
      int start = first + r * tile.rowFrom();
      int at = result + r * tile.rowTo();
      for (int c = 0; c < width; c++) {
        target[at + c * tile.to()] = source[start + c * tile.from()];
      }
    }
  }

  /** Columns of a square, in which steps are constant, to rows of the target. */
  static void transpose(
      float[] square, float[] target, int first, int rowTo, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int at = first + r * rowTo;
      for (int c = 0; c < columns; c++) {
        target[at + c] = square[c * StridedCopy.TILE + r];
      }
    }
  }
}
