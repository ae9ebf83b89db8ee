package dev.lanegrad.autodiff.internal.kernel.products;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Left;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulTiles.Right;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product in tiles. Large operands are packed block by block; smaller ones are read where
 * they lie, if tiles can: A along either of its strides, B along its rows.
 */
final class MatMulBlocks implements Runnable {
  /** Products of so many multiply-adds are over before what blocks need is made. */
  private static final int OPERATIONS_OF_SMALL = 1 << 18;

  /** Rows of B that begin further apart than this are on pages of their own. */
  private static final int BYTES_OF_PAGE = 4096;

  private final DType dtype;
  private final MatMulTiling tiling;
  private final Operand a;
  private final Operand b;
  private final Object c;
  private final int cOffset;
  private final int writable;
  private final int inner;
  private final int columns;
  private final Finish finish;
  private final MatMulTiling.Strips strips;
  private final Left left;
  private final Right right;
  private final boolean packsLeft;
  private final boolean packsRight;

  /** Vectors in a row of a whole tile. */
  private final int vectors;

  /** See {@link MatMulTiling#isNear}. */
  private final boolean isNear;

  /** Columns of B that are packed at once. */
  private final int blockWidth;

  private @Nullable MatMulKernel lowWide;
  private @Nullable MatMulKernel lowNarrow;
  private @Nullable MatMulKernel tallWide;
  private @Nullable MatMulKernel tallNarrow;

  MatMulBlocks(
      DType dtype,
      Operand a,
      Operand b,
      Object c,
      int cOffset,
      int writable,
      int rows,
      int inner,
      int columns,
      Finish finish) {
    this.dtype = dtype;
    this.tiling = MatMulTiling.of(dtype);
    this.a = a;
    this.b = b;
    this.c = c;
    this.cOffset = cOffset;
    this.writable = writable;
    this.inner = inner;
    this.columns = columns;
    this.finish = finish;
    this.strips = tiling.strips(rows);
    this.packsLeft = packsLeft(rows);
    this.packsRight = packsRight(rows);
    this.vectors =
        rows == 1 && !packsRight ? MatMulTiling.VECTORS_OF_ONE_ROW : MatMulTiling.VECTORS;
    this.isNear = tiling.isNear(rows, inner, columns);
    this.blockWidth = isNear ? tiling.nearWidth(inner) : tiling.width();
    this.left = left();
    this.right = packsRight && tiling.fixed() ? Right.PANEL : Right.ROWS;
  }

  private Left left() {
    if (packsLeft) {
      return tiling.fixed() ? Left.PANEL : Left.COLUMNS;
    }
    return a.stride(0) == 1 ? Left.COLUMNS : Left.ROWS;
  }

  private boolean packsRight(int rows) {
    if (b.stride(1) != 1) {
      return true;
    }
    boolean large = (long) inner * columns * dtype.bytes() > tiling.table().bytesToPackRight();
    boolean farApart = rows > tiling.rows() && b.stride(0) * dtype.bytes() > BYTES_OF_PAGE;
    return large && (rows >= tiling.table().rowsToPackRight() || farApart);
  }

  private boolean packsLeft(int rows) {
    if (a.stride(0) == 1) {
      return columns >= tiling.table().columnsToPackLeft()
          && (long) rows * inner * dtype.bytes() > tiling.table().bytesToPackTransposed();
    }
    return a.stride(1) != 1 || columns >= tiling.table().columnsToPackLeft();
  }

  /** Whether all kernels that this product needs are compiled; asks for those that are not. */
  boolean findKernels() {
    MatMulTiles tiles = MatMulTiles.of(dtype);
    int low = strips.lowest();
    int tall = strips.tallest();
    boolean found = true;
    if (vectors(columns) == vectors) {
      lowWide = tiles.get(left, right, low, vectors);
      tallWide = low == tall ? lowWide : tiles.get(left, right, tall, vectors);
      found = lowWide != null && tallWide != null;
    }
    int rest = vectors(columns % tileColumns());
    if (rest > 0 && rest < vectors) {
      lowNarrow = tiles.get(left, right, low, rest);
      tallNarrow = low == tall ? lowNarrow : tiles.get(left, right, tall, rest);
      found &= lowNarrow != null && tallNarrow != null;
    }
    return found;
  }

  /** Columns of a whole tile. */
  private int tileColumns() {
    return vectors * tiling.lanes();
  }

  /** Vectors that cover so many columns, at most a whole tile's. */
  private int vectors(int some) {
    return Math.min(Math.ceilDiv(some, tiling.lanes()), vectors);
  }

  @Override
  public void run() {
    int rows = strips.total();
    if (isSmall(rows)) {
      runAsItLies();
      finish.rows(0, rows);
      return;
    }
    int slivers = Math.ceilDiv(columns, tileColumns());
    boolean byRows = rows >= columns;
    int shared = byRows ? strips.count() : slivers;
    int parts = Workers.parts(shared, (long) rows * columns * inner);
    if (parts == 1) {
      new Part(0, strips.count(), 0, columns, writable).run();
    } else {
      share(parts, shared, byRows);
    }
    if (columns > blockWidth || (parts > 1 && !byRows)) {
      finish.rows(0, rows);
    }
  }

  /** Whether one thread reads all where it lies, along k in one block, and writes inside of C. */
  private boolean isSmall(int rows) {
    if (packsLeft || packsRight || inner > tiling.depth() || columns > blockWidth) {
      return false;
    }
    int overhang = Math.ceilDiv(columns, tiling.lanes()) * tiling.lanes() - columns;
    return (long) rows * columns * inner <= OPERATIONS_OF_SMALL
        && b.offset() + (inner - 1) * b.stride(0) + columns + overhang <= b.length()
        && cOffset + rows * columns + overhang <= writable
        && Workers.parts(rows, (long) rows * columns * inner) == 1;
  }

  /** What tiles of the last sliver write too much is overwritten: by the next row, or here. */
  private void runAsItLies() {
    int whole = tileColumns();
    int last = (columns - 1) / whole * whole;
    sliverAsItLies(last, vectors(columns - last) == vectors);
    for (int j = 0; j < last; j += whole) {
      sliverAsItLies(j, true);
    }
  }

  private void sliverAsItLies(int j, boolean isWide) {
    int count = strips.count();
    int low = strips.lowest();
    int tall = strips.total() - low * count;
    int leftStep = a.stride(left == Left.ROWS ? 0 : 1);
    int at = a.offset();
    int to = cOffset + j;
    for (int s = 0; s < count; s++) {
      boolean isTall = s < tall;
      MatMulKernel kernel = isTall ? tallKernel(isWide) : lowKernel(isWide);
      kernel.run(
          inner,
          a.array(),
          at,
          leftStep,
          b.array(),
          b.offset() + j,
          b.stride(0),
          c,
          to,
          columns,
          false);
      int height = isTall ? low + 1 : low;
      at += height * a.stride(0);
      to += height * columns;
    }
  }

  private MatMulKernel lowKernel(boolean isWide) {
    return present(isWide ? lowWide : lowNarrow);
  }

  private MatMulKernel tallKernel(boolean isWide) {
    return present(isWide ? tallWide : tallNarrow);
  }

  private static MatMulKernel present(@Nullable MatMulKernel kernel) {
    if (kernel == null) {
      throw new AssertionError("a tile kernel is used that was not asked for");
    }
    return kernel;
  }

  private void share(int parts, int shared, boolean byRows) {
    Workers.inParts(
        parts,
        shared,
        (_, first, end) -> {
          if (byRows) {
            new Part(first, end, 0, columns, cOffset + strips.start(end) * columns).run();
          } else {
            int firstColumn = first * tileColumns();
            int endColumn = Math.min(end * tileColumns(), columns);
            new Part(0, strips.count(), firstColumn, endColumn, 0).run();
          }
        });
  }

  /** Some strips and columns of C, computed by one thread. */
  private final class Part {
    private final MatMulPanels panels = MatMulPanels.of(dtype);
    private final int firstStrip;
    private final int endStrip;
    private final int firstColumn;
    private final int endColumn;

    /** The last tile of a row may go on over the next row, up to here. */
    private final int writable;

    // The block at hand.
    private int column;
    private int width;
    private int k;
    private int depth;

    // The strips of A that are packed.
    private int packedStrip = -1;
    private int packedStep;

    Part(int firstStrip, int endStrip, int firstColumn, int endColumn, int writable) {
      this.firstStrip = firstStrip;
      this.endStrip = endStrip;
      this.firstColumn = firstColumn;
      this.endColumn = endColumn;
      boolean oneBlock = hasWholeRows() && inner <= tiling.depth();
      this.writable = oneBlock ? writable : 0;
    }

    private boolean hasWholeRows() {
      return endColumn - firstColumn == columns && columns <= blockWidth;
    }

    void run() {
      int steps = tiling.depth(inner);
      int blockStrips = Math.max(1, tiling.height() / tiling.rows());
      for (column = firstColumn; column < endColumn; column += blockWidth) {
        width = Math.min(blockWidth, endColumn - column);
        for (k = 0; k < inner; k += steps) {
          depth = Math.min(steps, inner - k);
          packRight();
          for (int strip = firstStrip; strip < endStrip; strip += blockStrips) {
            int end = Math.min(strip + blockStrips, endStrip);
            multiply(strip, end);
            if (hasWholeRows() && k + depth == inner) {
              int row = strips.start(strip);
              finish.rows(row, strips.start(end) - row);
            }
          }
        }
      }
    }

    private int sliverWidth(int j) {
      return vectors(width - j) * tiling.lanes();
    }

    private int offsetInRight(int j) {
      return b.offset() + k * b.stride(0) + (column + j) * b.stride(1);
    }

    /** Whether a sliver is read from B itself. */
    private boolean isDirect(int j) {
      int last = offsetInRight(j) + (depth - 1) * b.stride(0) + sliverWidth(j);
      return !packsRight && last <= b.length();
    }

    private void packRight() {
      Packing packing = Packing.of(dtype);
      int whole = tileColumns();
      int room = Math.ceilDiv(width, whole) * whole * depth;
      int j = 0;
      if (packsRight && b.stride(1) == 1 && b.stride(0) * dtype.bytes() > BYTES_OF_PAGE) {
        Object panel = panels.right(room);
        j = width / whole * whole;
        packing.packRows(
            b.array(),
            offsetInRight(0),
            b.stride(0),
            width / whole,
            depth,
            panel,
            panels.start,
            whole);
      }
      for (; j < width; j += whole) {
        if (!isDirect(j)) {
          packing.pack(
              b.array(),
              offsetInRight(j),
              b.stride(1),
              b.stride(0),
              Math.min(whole, width - j),
              depth,
              panels.right(room),
              panels.start + j * depth,
              sliverWidth(j));
        }
      }
    }

    private Object packLeft(int strip, int end) {
      if (strip == packedStrip && k == packedStep) {
        return panels.left(0);
      }
      packedStrip = strip;
      packedStep = k;
      Packing packing = Packing.of(dtype);
      int top = strips.start(strip);
      Object panel = panels.left((strips.start(end) - top) * depth);
      for (int s = strip; s < end; s++) {
        int row = strips.start(s);
        packing.pack(
            a.array(),
            a.offset() + row * a.stride(0) + k * a.stride(1),
            a.stride(0),
            a.stride(1),
            strips.height(s),
            depth,
            panel,
            panels.start + (row - top) * depth,
            strips.height(s));
      }
      return panel;
    }

    /**
     * Of the slivers the last comes first, so that what its tiles write too much is overwritten.
     * They go over all strips one by one, or if they are near, all over one strip after the other:
     * then a few rows of C are written along.
     */
    private void multiply(int strip, int end) {
      Object source = packsLeft ? packLeft(strip, end) : a.array();
      int whole = tileColumns();
      int last = (width - 1) / whole * whole;
      int together = isNear ? 1 : end - strip;
      for (int s = strip; s < end; s += together) {
        sliver(last, source, strip, s, s + together);
        for (int j = 0; j < last; j += whole) {
          sliver(j, source, strip, s, s + together);
        }
      }
    }

    private void sliver(int j, Object source, int firstOfBlock, int strip, int end) {
      boolean direct = isDirect(j);
      Object panel = direct ? b.array() : panels.right(0);
      int rightOffset = direct ? offsetInRight(j) : panels.start + j * depth;
      int tileWidth = sliverWidth(j);
      int rightStep = direct ? b.stride(0) : tileWidth;
      int top = strips.start(firstOfBlock);
      for (int s = strip; s < end; s++) {
        int row = strips.start(s);
        int rows = strips.height(s);
        int leftOffset = a.offset() + row * a.stride(0) + k * a.stride(1);
        int leftStep = a.stride(left == Left.ROWS ? 0 : 1);
        if (packsLeft) {
          leftOffset = panels.start + (row - top) * depth;
          leftStep = rows;
        }
        MatMulKernel kernel = kernel(rows, tileWidth);
        int at = cOffset + row * columns + column + j;
        boolean inside =
            j + tileWidth <= width || at + (rows - 1) * columns + tileWidth <= writable;
        Object target = inside ? c : panels.edge;
        if (!inside && k > 0) {
          copyTile(c, at, columns, target, 0, tileWidth, rows, width - j);
        }
        kernel.run(
            depth,
            source,
            leftOffset,
            leftStep,
            panel,
            rightOffset,
            rightStep,
            target,
            inside ? at : 0,
            inside ? columns : tileWidth,
            k > 0);
        if (!inside) {
          copyTile(target, 0, tileWidth, c, at, columns, rows, width - j);
        }
      }
    }

    private MatMulKernel kernel(int rows, int tileWidth) {
      boolean wide = tileWidth == tileColumns();
      return rows == strips.lowest() ? lowKernel(wide) : tallKernel(wide);
    }

    private static void copyTile(
        Object from, int start, int step, Object to, int at, int toStep, int rows, int count) {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(from, start + i * step, to, at + i * toStep, count);
      }
    }
  }
}
