package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import org.jspecify.annotations.Nullable;

/**
 * Copies pieces of matrices into panels: by vectors, once those kernels are compiled, else element
 * by element.
 */
public final class Packing {
  /** More vectors than any strip or sliver has. */
  static final int MOST_VECTORS = 4;

  /** How a kernel takes the place of {@link RowTurner}. */
  private enum Transposing {
    /** By squares as wide as a vector, see {@link PanelWriter#writeTranspose}. */
    BY_VECTORS,
    /** As many rows at a time, see {@link FloatSquares} and {@link DoubleSquares}. */
    BY_SQUARES,
    /** Not at all: it would be slower. */
    BY_ELEMENTS;

    /**
     * Vectors of 512 bits can choose among the lanes of two in one instruction; with three in its
     * place only kernels of their own gain.
     */
    static Transposing here() {
      return switch (Lanes.BITS) {
        case 512 -> BY_VECTORS;
        case 256 -> BY_SQUARES;
        default -> BY_ELEMENTS;
      };
    }
  }

  private static final Packing FLOATS = new Packing(DType.FLOAT32);
  private static final Packing DOUBLES = new Packing(DType.FLOAT64);

  private final int lanes;
  private final Object table;
  private final Transposing transposing;

  /** At 0 the one that transposes, at v the one that copies v vectors. */
  private final PreparedKernel<PanelKernel>[] kernels;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private Packing(DType dtype) {
    this.lanes = Lanes.count(dtype);
    this.table = PanelWriter.table(dtype, lanes);
    this.transposing = Transposing.here();
    this.kernels = new PreparedKernel[MOST_VECTORS + 1];
    for (int i = 0; i <= MOST_VECTORS; i++) {
      kernels[i] = prepare(dtype, i, table, i == 0 && transposing == Transposing.BY_SQUARES);
    }
  }

  private static PreparedKernel<PanelKernel> prepare(
      DType dtype, int vectors, Object table, boolean bySquares) {
    return new PreparedKernel<>() {
      @Override
      protected PanelKernel generate() {
        return bySquares ? squares(dtype) : PanelWriter.kernel(dtype, vectors, Lanes.BITS);
      }

      @Override
      public String toString() {
        String how = vectors == 0 ? "transposed" : "as it lies, vectors " + vectors;
        return "packing for products, " + dtype + ", " + how;
      }

      @Override
      protected Rehearsal<PanelKernel> rehearsal() {
        return new OnePanel(dtype, vectors, table);
      }
    };
  }

  private static PanelKernel squares(DType dtype) {
    return dtype == DType.FLOAT32 ? FloatSquares::toPanel : DoubleSquares::toPanel;
  }

  public static Packing of(DType dtype) {
    return dtype == DType.FLOAT32 ? FLOATS : DOUBLES;
  }

  /**
   * Copies to {@code to[at + k * width + i]} what lies at {@code offset + i * step + k * depthStep}
   * for i below {@code count}. Up to {@code width} it adds numbers of the matrix or zeros. It may
   * write a vector beyond the panel.
   */
  public void pack(
      Object from,
      int offset,
      int step,
      int depthStep,
      int count,
      int depth,
      Object to,
      int at,
      int width) {
    if (step == 1) {
      copy(from, offset, depthStep, count, depth, to, at, width);
      return;
    }
    if (depthStep != 1 || !transpose(from, offset, step, count, depth, to, at, width)) {
      clear(to, at, count, depth, width);
      RowTurner.run(from, offset, step, depthStep, count, depth, to, at, width);
    }
  }

  /** By vectors, from the last rows to the first: what is written beyond them is overwritten. */
  private boolean transpose(
      Object from, int offset, int step, int count, int depth, Object to, int at, int width) {
    boolean bySquares = transposing == Transposing.BY_SQUARES;
    boolean fits =
        bySquares
            ? squaresAreInside(lanes, offset, step, count, depth, Operand.length(from))
            : transposing == Transposing.BY_VECTORS && depth >= lanes;
    PanelKernel kernel = fits ? kernel(0) : null;
    if (kernel == null) {
      return false;
    }
    int rest = bySquares ? depth % (lanes / 2) : 0;
    for (int i = (count - 1) / lanes * lanes; i >= 0; i -= lanes) {
      int start = offset + i * step;
      int some = Math.min(lanes, count - i);
      kernel.run(from, start, step, some, depth, to, at + i, width, table);
      if (rest > 0) {
        int whole = depth - rest;
        int target = at + i + whole * width;
        RowTurner.run(from, start + whole, step, 1, some, rest, to, target, width);
      }
    }
    return true;
  }

  /**
   * Whether all that {@link FloatSquares} or {@link DoubleSquares}, with so many rows in a square,
   * read to turn so many rows lies in an array of so many elements. Their vectors, which take time
   * to load, are not made by asking.
   */
  static boolean squaresAreInside(
      int square, int offset, int step, int count, int depth, int length) {
    int half = square / 2;
    int last = (count - 1) / square * square;
    int lower = Math.min(half - 1, count - last - 1);
    return step > 0
        && depth >= half
        && offset + Math.min(half, count - 1) * step >= half
        && offset + (last + lower) * step + depth + half <= length;
  }

  /**
   * The same for several panels of as many vectors side by side, with {@code depth * width} from
   * one to the next: row after row, so that memory is read in its order.
   */
  public void packRows(
      Object from, int offset, int step, int panels, int depth, Object to, int at, int width) {
    PanelKernel kernel = kernel(width / lanes);
    for (int k = 0; k < depth; k++) {
      int row = offset + k * step;
      int target = at + k * width;
      if (kernel != null) {
        kernel.run(from, row, width, width, panels, to, target, depth * width, table);
      } else {
        for (int p = 0; p < panels; p++) {
          System.arraycopy(from, row + p * width, to, target + p * depth * width, width);
        }
      }
    }
  }

  private @Nullable PanelKernel kernel(int vectors) {
    return lanes > 1 && vectors <= MOST_VECTORS ? kernels[vectors].get() : null;
  }

  private void copy(
      Object from, int offset, int step, int count, int depth, Object to, int at, int width) {
    int vectors = Math.ceilDiv(count, lanes);
    boolean reaches = offset + (depth - 1) * step + vectors * lanes <= Operand.length(from);
    PanelKernel kernel = reaches ? kernel(vectors) : null;
    if (kernel != null) {
      kernel.run(from, offset, step, count, depth, to, at, width, table);
      return;
    }
    clear(to, at, count, depth, width);
    for (int k = 0; k < depth; k++) {
      System.arraycopy(from, offset + k * step, to, at + k * width, count);
    }
  }

  /** Zeros beside the elements, where denormal leftovers would slow the tiles down. */
  private static void clear(Object to, int at, int count, int depth, int width) {
    if (count < width) {
      Rows.fill(to, at, depth * width, 0);
    }
  }

  private static final class OnePanel implements PreparedKernel.Rehearsal<PanelKernel> {
    private static final int VECTORS_DEEP = 3;

    private final int vectors;
    private final int lanes;
    private final int depth;
    private final Object from;
    private final Object to;
    private final Object table;

    OnePanel(DType dtype, int vectors, Object table) {
      this.vectors = vectors;
      this.lanes = Lanes.count(dtype);
      this.depth = VECTORS_DEEP * lanes;
      this.from = Scratch.ownOf(dtype, depth * Math.max(vectors, 1) * lanes);
      this.to = Scratch.ownOf(dtype, depth * Math.max(vectors, 1) * lanes);
      this.table = table;
    }

    @Override
    public void run(PanelKernel kernel) {
      run(kernel, 0, depth);
    }

    @Override
    public void callIdly(PanelKernel kernel) {
      run(kernel, KernelCompiler.IDLE, 0);
    }

    private void run(PanelKernel kernel, int offset, int steps) {
      int width = Math.max(vectors, 1) * lanes;
      int step = vectors == 0 ? depth : width;
      kernel.run(from, offset, step, lanes, steps, to, 0, width, table);
    }

    @Override
    public long operations() {
      int stages = Integer.numberOfTrailingZeros(lanes);
      return vectors == 0 ? (long) VECTORS_DEEP * lanes * (stages + 2) : 2L * depth * vectors;
    }
  }
}
