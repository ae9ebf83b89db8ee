package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Right;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Tile;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a matrix product is cut, after Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008): tiles whose accumulators fill the registers, blocks of A that stay in the
 * second-level cache, and slivers of B that stay in the first. {@link #SIXTEEN_REGISTERS} and what
 * follows it are the whole choice.
 *
 * @param lanes elements in a vector
 * @param rows of a tile
 * @param lowest rows of a tile that are taken throughout if all tiles are equal then
 * @param turn how a tile's loop goes along k
 * @param fixed whether tiles on panels are made for the panels' widths
 * @param depth how far a block goes along k
 * @param height rows in a block of A
 * @param width columns of B that are packed at once
 */
record MatMulTiling(
    int lanes, int rows, int lowest, Turn turn, boolean fixed, int depth, int height, int width) {
  /**
   * What is chosen for a kind of machine, in both dtypes.
   *
   * @param rows of a tile: accumulators are twice as many vectors
   * @param lowest rows of a tile that are taken throughout if all tiles are equal then
   * @param turn how a tile's loop goes along k
   * @param fixed whether tiles on panels are made for the panels' widths
   * @param depth of a block along k
   * @param left bytes of a block of A
   * @param right bytes of B that are packed at once
   */
  private record Choice(
      int rows, int lowest, Turn turn, boolean fixed, int depth, int left, int right) {
    MatMulTiling of(DType dtype, int bits) {
      int bytes = dtype.bytes();
      int height = left / (depth * bytes) / rows * rows;
      return new MatMulTiling(
          bits / (8 * bytes), rows, lowest, turn, fixed, depth, height, right / (depth * bytes));
    }
  }

  /** x86 with vectors of 128 or 256 bits; found on an AMD Zen 2. */
  private static final Choice SIXTEEN_REGISTERS =
      new Choice(6, 6, new Turn(2, 2), true, 256, 240 << 10, 2 << 20);

  /** x86 with vectors of 512 bits. */
  private static final Choice THIRTY_TWO_REGISTERS =
      new Choice(12, 10, new Turn(1, 0), false, 512, 480 << 10, 4 << 20);

  /** 64-bit ARM, with 32 registers of 128 bits; not measured. */
  private static final Choice ARM =
      new Choice(12, 10, new Turn(1, 0), false, 512, 480 << 10, 4 << 20);

  /** Vectors in a row of a tile: two, so that each element of A is broadcast for two uses. */
  static final int VECTORS = 2;

  /** Vectors in a tile of a single row: B passes once, in pieces of some cache lines. */
  static final int VECTORS_OF_ONE_ROW = 8;

  private static final MatMulTiling FLOATS = at(DType.FLOAT32, Lanes.BITS);
  private static final MatMulTiling DOUBLES = at(DType.FLOAT64, Lanes.BITS);

  /**
   * How a tile's loop goes along k.
   *
   * @param steps in one turn on two panels; elsewhere it is one
   * @param fence rows between branches that are never taken, see {@link MatMulWriter}, except where
   *     both operands are read by rows; 0 for none
   */
  record Turn(int steps, int fence) {}

  static MatMulTiling of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /** What is chosen on this kind of processor for vectors of so many bits. */
  static MatMulTiling at(DType dtype, int bits) {
    Choice choice = Settings.ARM ? ARM : bits == 512 ? THIRTY_TWO_REGISTERS : SIXTEEN_REGISTERS;
    return choice.of(dtype, bits);
  }

  /** What is chosen on any. */
  static List<MatMulTiling> everywhere(DType dtype, int bits) {
    return Stream.of(SIXTEEN_REGISTERS, THIRTY_TWO_REGISTERS, ARM)
        .map(choice -> choice.of(dtype, bits))
        .toList();
  }

  /** The tiles that products may be cut into. */
  List<Tile> tiles(DType dtype) {
    List<Tile> tiles = new ArrayList<>();
    for (Left left : Left.values()) {
      for (Right right : Right.values()) {
        if (fixed || (left != Left.PANEL && right != Right.PANEL)) {
          for (int height = 1; height <= rows; height++) {
            int most = height == 1 ? VECTORS_OF_ONE_ROW : VECTORS;
            for (int vectors = 1; vectors <= most; vectors++) {
              tiles.add(new Tile(dtype, left, right, height, vectors, turn));
            }
          }
        }
      }
    }
    return tiles;
  }

  /** Steps along k in each block, so that blocks are about equal. */
  int depth(int inner) {
    return Math.ceilDiv(inner, Math.ceilDiv(inner, depth));
  }

  Strips strips(int total) {
    for (int height = rows; height >= lowest; height--) {
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
