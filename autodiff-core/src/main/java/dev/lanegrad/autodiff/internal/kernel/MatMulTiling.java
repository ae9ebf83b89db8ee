package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Settings;

/**
 * How a matrix product is cut, after Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008): tiles whose accumulators fill the registers, blocks of A that stay in the
 * second-level cache, and slivers of B that stay in the first.
 *
 * @param lanes elements in a vector
 * @param rows of a tile
 * @param depth how far a block goes along k
 * @param height rows in a block of A
 * @param width columns of B that are packed at once
 */
record MatMulTiling(int lanes, int rows, int depth, int height, int width) {
  /** Vectors in a row of a tile: two, so that each element of A is broadcast for two uses. */
  static final int VECTORS = 2;

  private static final int DEPTH = 512;
  private static final int BYTES_OF_LEFT_BLOCK = 480 << 10;
  private static final int BYTES_OF_RIGHT_BLOCK = 4 << 20;

  private static final MatMulTiling FLOATS = forDtype(DType.FLOAT32);
  private static final MatMulTiling DOUBLES = forDtype(DType.FLOAT64);

  static MatMulTiling of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  private static MatMulTiling forDtype(DType dtype) {
    int rows = registers() == 32 ? 12 : 6;
    int height = BYTES_OF_LEFT_BLOCK / (DEPTH * dtype.bytes()) / rows * rows;
    int width = BYTES_OF_RIGHT_BLOCK / (DEPTH * dtype.bytes());
    return new MatMulTiling(Lanes.count(dtype), rows, DEPTH, height, width);
  }

  /** Vector registers: 32 with AVX-512 and on ARM, 16 otherwise. */
  private static int registers() {
    return Lanes.BITS == 512 || Settings.ARM ? 32 : 16;
  }

  /** Columns of a whole tile. */
  int columns() {
    return VECTORS * lanes;
  }

  /** Vectors that cover so many columns, at most a whole tile's. */
  int vectors(int columns) {
    return columns > lanes ? VECTORS : 1;
  }

  /** Steps along k in each block, so that blocks are about equal. */
  int depth(int inner) {
    return Math.ceilDiv(inner, Math.ceilDiv(inner, depth));
  }

  Strips strips(int total) {
    for (int height = rows; height > rows - 3 && height > 1; height--) {
      if (total % height == 0) {
        return new Strips(total, total / height);
      }
    }
    return new Strips(total, Math.ceilDiv(total, rows));
  }

  /**
   * Rows cut into strips of equal height, or of two heights that differ by 1: so few different
   * kernels are needed, and none for a thin rest.
   */
  record Strips(int total, int count) {
    int start(int strip) {
      return strip * (total / count) + Math.min(strip, total % count);
    }

    int height(int strip) {
      return start(strip + 1) - start(strip);
    }

    int tallest() {
      return Math.ceilDiv(total, count);
    }

    int lowest() {
      return total / count;
    }
  }
}
