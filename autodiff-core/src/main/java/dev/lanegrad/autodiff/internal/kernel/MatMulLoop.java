package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Settings;
import dev.lanegrad.autodiff.internal.memory.Runs;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * C = A B for one pair of matrices. Every element is one chain of fused multiply-adds over k in
 * order, starting at 0; so how the product is cut into tiles never changes a bit.
 */
public final class MatMulLoop {
  private static final int TILE_ROWS = 8;
  private static final int TILE_VECTORS = 2;

  private record Tile(DType dtype, int rows, int vectors) {}

  private static final ConcurrentMap<Tile, TileKernel> TILES = new ConcurrentHashMap<>();

  private MatMulLoop() {}

  /**
   * Multiplies.
   *
   * @param a a matrix with strides {row, column}
   * @param b a matrix with strides {row, column}
   * @param c receives the product of {@code rows} x {@code inner} and {@code inner} x {@code
   *     columns} in row-major order, from {@code cOffset} on
   */
  public static void run(
      DType dtype, Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    if (rows == 0 || columns == 0) {
      return;
    }
    int lanes = Lanes.count(dtype);
    boolean ready = lanes > 1 && prepareTiles(dtype, rows, columns, lanes);
    Operand right = rowMajor(b, inner, columns, lanes);
    int strips = Math.ceilDiv(rows, TILE_ROWS);
    int parts = Workers.count((long) rows * columns * inner, strips);
    int height = Math.ceilDiv(strips, parts) * TILE_ROWS;
    Workers.run(
        parts,
        part -> {
          int first = Math.min(part * height, rows);
          int count = Math.min(height, rows - first);
          Operand left = new Operand(a.array(), a.offset() + first * a.stride(0), a.strides());
          int at = cOffset + first * columns;
          if (ready && count > 0) {
            vector(dtype, left, right, c, at, count, inner, columns);
          } else if (count > 0) {
            scalar(left, right, c, at, count, inner, columns);
          }
        });
  }

  private static boolean prepareTiles(DType dtype, int rows, int columns, int lanes) {
    int rest = columns % (TILE_VECTORS * lanes);
    boolean ready = true;
    for (int height : new int[] {Math.min(rows, TILE_ROWS), rows % TILE_ROWS}) {
      if (height > 0 && columns > lanes) {
        ready &= tile(dtype, height, TILE_VECTORS).get() != null;
      }
      if (height > 0 && rest > 0 && rest <= lanes) {
        ready &= tile(dtype, height, 1).get() != null;
      }
    }
    return ready;
  }

  private static TileKernel tile(DType dtype, int rows, int vectors) {
    return TILES.computeIfAbsent(
        new Tile(dtype, rows, vectors), t -> new TileKernel(t.dtype(), t.rows(), t.vectors()));
  }

  /** B as it is if whole vectors of its rows can be read, else a copy with room at the end. */
  private static Operand rowMajor(Operand b, int inner, int columns, int lanes) {
    int last = b.offset() + Math.max(inner - 1, 0) * b.stride(0) + roundUp(columns, lanes);
    if (b.stride(1) == 1 && b.stride(0) >= 0 && last <= b.length()) {
      return b;
    }
    int width = roundUp(columns, lanes);
    Object copy = Scratch.like(b.array(), inner * width);
    if (b.stride(0) == 1) {
      transpose(b, inner, columns, copy, width);
    } else {
      for (int k = 0; k < inner; k++) {
        int[] dims = {columns};
        int[] strides = {b.stride(1)};
        Runs.copy(b.array(), b.offset() + k * b.stride(0), dims, strides, copy, k * width);
      }
    }
    return new Operand(copy, 0, new int[] {width, 1});
  }

  /** Four columns of the source at a time, which are contiguous in it. */
  private static void transpose(Operand b, int inner, int columns, Object copy, int width) {
    int step = b.stride(1);
    if (b.array() instanceof float[] from) {
      float[] to = (float[]) copy;
      int j = 0;
      for (; j + 4 <= columns; j += 4) {
        int s = b.offset() + j * step;
        for (int k = 0; k < inner; k++) {
          int t = k * width + j;
          to[t] = from[s + k];
          to[t + 1] = from[s + step + k];
          to[t + 2] = from[s + 2 * step + k];
          to[t + 3] = from[s + 3 * step + k];
        }
      }
      for (; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          to[k * width + j] = from[b.offset() + j * step + k];
        }
      }
    } else {
      double[] from = (double[]) b.array();
      double[] to = (double[]) copy;
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < inner; k++) {
          to[k * width + j] = from[b.offset() + j * step + k];
        }
      }
    }
  }

  private static int roundUp(int n, int multiple) {
    return Math.ceilDiv(n, multiple) * multiple;
  }

  private static void vector(
      DType dtype, Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    int lanes = Lanes.count(dtype);
    int whole = columns / lanes * lanes;
    Object edge = whole == columns ? c : Scratch.of(dtype, TILE_ROWS * lanes * TILE_VECTORS);
    for (int i = 0; i < rows; i += TILE_ROWS) {
      int height = Math.min(TILE_ROWS, rows - i);
      int aOffset = a.offset() + i * a.stride(0);
      for (int j = 0; j < columns; ) {
        int vectors = columns - j > lanes ? TILE_VECTORS : 1;
        int width = vectors * lanes;
        MatMulKernel kernel = tile(dtype, height, vectors).compiled();
        boolean inside = j + width <= columns;
        int at = cOffset + i * columns + j;
        kernel.run(
            inner,
            a.array(),
            aOffset,
            a.stride(0),
            a.stride(1),
            b.array(),
            b.offset() + j,
            b.stride(0),
            inside ? c : edge,
            inside ? at : 0,
            inside ? columns : width,
            false);
        if (!inside) {
          for (int r = 0; r < height; r++) {
            System.arraycopy(edge, r * width, c, at + r * columns, columns - j);
          }
        }
        j += width;
      }
    }
  }

  /** The definition: rows of B scaled and added up in order. */
  private static void scalar(
      Operand a, Operand b, Object c, int cOffset, int rows, int inner, int columns) {
    LaneTree.fill(c, cOffset, rows * columns, 0);
    for (int i = 0; i < rows; i++) {
      int row = cOffset + i * columns;
      int factor = a.offset() + i * a.stride(0);
      for (int k = 0; k < inner; k++) {
        int source = b.offset() + k * b.stride(0);
        int at = factor + k * a.stride(1);
        if (c instanceof float[] result) {
          addScaled(((float[]) a.array())[at], (float[]) b.array(), source, result, row, columns);
        } else {
          double[] result = (double[]) c;
          addScaled(((double[]) a.array())[at], (double[]) b.array(), source, result, row, columns);
        }
      }
    }
  }

  private static void addScaled(
      float factor, float[] from, int source, float[] to, int target, int count) {
    for (int j = 0; j < count; j++) {
      to[target + j] = Math.fma(factor, from[source + j], to[target + j]);
    }
  }

  private static void addScaled(
      double factor, double[] from, int source, double[] to, int target, int count) {
    for (int j = 0; j < count; j++) {
      to[target + j] = Math.fma(factor, from[source + j], to[target + j]);
    }
  }

  /** A tile kernel that is handed out once it is compiled. */
  private static final class TileKernel {
    private final DType dtype;
    private final int rows;
    private final int vectors;
    private volatile @Nullable MatMulKernel kernel;
    private boolean submitted;

    TileKernel(DType dtype, int rows, int vectors) {
      this.dtype = dtype;
      this.rows = rows;
      this.vectors = vectors;
    }

    MatMulKernel compiled() {
      MatMulKernel known = kernel;
      if (known == null) {
        throw new AssertionError("tile kernel used before it was asked for");
      }
      return known;
    }

    @Nullable MatMulKernel get() {
      MatMulKernel known = kernel;
      return known != null ? known : prepare();
    }

    private synchronized @Nullable MatMulKernel prepare() {
      if (!Settings.BACKGROUND_WARMUP && kernel == null) {
        kernel = KernelCompiler.matMulTile(dtype, Lanes.BITS, rows, vectors);
      } else if (kernel == null && !submitted) {
        submitted = Warmup.submit(new Rehearsal());
      }
      return kernel;
    }

    private final class Rehearsal implements Warmup.Workload {
      private static final int INNER = 24;

      private final int width = vectors * Lanes.count(dtype);
      private final Object a = Scratch.ownOf(dtype, rows * INNER);
      private final Object b = Scratch.ownOf(dtype, INNER * width);
      private final Object c = Scratch.ownOf(dtype, rows * width);
      private @Nullable MatMulKernel rehearsed;
      private boolean more;

      @Override
      public void run() {
        MatMulKernel tile = rehearsed;
        if (tile == null) {
          tile = KernelCompiler.matMulTile(dtype, Lanes.BITS, rows, vectors);
          rehearsed = tile;
        }
        more = !more;
        tile.run(INNER, a, 0, INNER, 1, b, 0, width, c, 0, width, more);
      }

      @Override
      public long operations() {
        return (long) INNER * (vectors * (rows + 1) + rows) + 2L * rows * vectors;
      }

      @Override
      public void ready() {
        kernel = rehearsed;
      }
    }
  }
}
