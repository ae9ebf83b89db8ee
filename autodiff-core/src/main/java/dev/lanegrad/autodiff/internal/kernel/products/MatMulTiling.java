package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Right;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * How a matrix product is cut, after Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008): tiles whose accumulators fill the registers, blocks of A that stay in the
 * second-level cache, and slivers of B that stay in the first. {@link ProductTable} has the sizes.
 *
 * @param dtype of the elements
 * @param lanes elements in a vector
 * @param table what is chosen for the machine
 */
record MatMulTiling(DType dtype, int lanes, ProductTable table) {
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
    return new MatMulTiling(dtype, bits / (8 * dtype.bytes()), ProductTable.at(bits));
  }

  /** What is chosen on any. */
  static List<MatMulTiling> everywhere(DType dtype, int bits) {
    return ProductTable.everywhere().stream()
        .map(table -> new MatMulTiling(dtype, bits / (8 * dtype.bytes()), table))
        .toList();
  }

  /** Rows of a tile. */
  int rows() {
    return table.rows();
  }

  /** Whether tiles on panels are made for the panels' widths. */
  boolean fixed() {
    return table.fixed();
  }

  /** How far a block goes along k. */
  int depth() {
    return table.depth();
  }

  /** Rows in a block of A. */
  int height() {
    return table.left() / (depth() * dtype.bytes()) / rows() * rows();
  }

  /** Columns of B that are packed at once, in whole tiles. */
  int width() {
    return width(table.right(), depth());
  }

  /** Whether A is one block, beside which one of B stays in the second-level cache. */
  boolean isNear(int rows, int inner, int columns) {
    return table.near() > 0 && columns > width() && rows <= height() && inner <= depth();
  }

  /** Columns of B that are packed at once if it is so. */
  int nearWidth(int inner) {
    return width(table.near(), inner);
  }

  private int width(int bytes, int steps) {
    int tile = VECTORS * lanes;
    return Math.max(1, bytes / (steps * dtype.bytes()) / tile) * tile;
  }

  /** The tiles that products may be cut into. */
  List<Tile> tiles() {
    int steps = dtype == DType.FLOAT32 ? table.steps() : table.stepsOfDoubles();
    Turn turn = new Turn(steps, table.fence());
    List<Tile> tiles = new ArrayList<>();
    for (Left left : Left.values()) {
      for (Right right : Right.values()) {
        if (fixed() || (left != Left.PANEL && right != Right.PANEL)) {
          for (int height = 1; height <= rows(); height++) {
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
    return Math.ceilDiv(inner, Math.ceilDiv(inner, depth()));
  }

  Strips strips(int total) {
    for (int height = rows(); height >= table.lowest(); height--) {
      if (total % height == 0) {
        return new Strips(total, total / height);
      }
    }
    return new Strips(total, Math.ceilDiv(total, rows()));
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
