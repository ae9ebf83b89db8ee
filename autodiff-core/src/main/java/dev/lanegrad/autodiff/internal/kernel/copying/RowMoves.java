package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a box as lists of vectors that a kernel copies. What is left of a row after whole
 * vectors is a vector of which some lanes are stored, so no element outside the box is written;
 * where neighbours are copied and a row has a vector, the last one ends where the row does instead.
 */
public final class RowMoves {
  /** Of longer rows a plain copy is as fast. */
  private static final int MOST_VECTORS = 4;

  /** Longer lists would not stay in the cache. */
  private static final int MOST_MOVES = 8_192;

  private static final int KNOWN_BOXES = 256;

  private static final BoundedCache<Key, List<Sweep>> KNOWN = new BoundedCache<>(KNOWN_BOXES);

  /** Leaves all rows to others. */
  public static final RowMoves NONE = new RowMoves(1, null, null, List.of());

  /** Where the elements of a row come from. */
  private enum Choice {
    NEIGHBOURS,
    EVERY_SECOND,
    /** In turns from two rows. */
    ALTERNATELY
  }

  private record Key(DType dtype, Choice choice, Box box, int apart) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && dtype == that.dtype
          && choice == that.choice
          && apart == that.apart
          && box.equals(that.box);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * box.hashCode() + apart) + choice.hashCode()) + dtype.hashCode();
    }
  }

  /**
   * Vectors that are treated alike.
   *
   * @param whole whether all lanes of each are stored
   * @param apart from the first vector to the second, of two that are chosen from
   */
  private record Sweep(boolean whole, int[] loads, int[] stores, int apart, Object table) {
    /** How many times vectors stay inside both arrays. */
    int times(int lanes, Object from, int first, int step, Object to, int start, int stepTo) {
      int last = loads.length - 1;
      int load = first + loads[last] + Math.max(0, apart) + lanes;
      int store = start + stores[last] + lanes;
      return Math.min(
          times(Operand.length(from) - load, step), times(Operand.length(to) - store, stepTo));
    }

    private static int times(int rest, int step) {
      if (rest < 0 || step < 0) {
        return 0;
      }
      return step == 0 ? Integer.MAX_VALUE : rest / step + 1;
    }
  }

  private final int lanes;
  private final @Nullable CopyKernel ofWhole;
  private final @Nullable CopyKernel ofParts;
  private final List<Sweep> sweeps;

  private RowMoves(
      int lanes, @Nullable CopyKernel ofWhole, @Nullable CopyKernel ofParts, List<Sweep> sweeps) {
    this.lanes = lanes;
    this.ofWhole = ofWhole;
    this.ofParts = ofParts;
    this.sweeps = sweeps;
  }

  /** The moves of a box, or none if its elements are to be copied one by one. */
  public static RowMoves of(DType dtype, Box box) {
    if (box.to().column() != 1) {
      return NONE;
    }
    return switch (box.from().column()) {
      case 1 -> of(new Key(dtype, Choice.NEIGHBOURS, box, 0));
      case 2 -> of(new Key(dtype, Choice.EVERY_SECOND, box, Lanes.count(dtype)));
      default -> NONE;
    };
  }

  /**
   * Moves that take elements in turns from two rows.
   *
   * @param box rows of the target, and where the first source's rows are
   * @param apart from there to the second's
   */
  public static RowMoves alternating(DType dtype, Box box, int apart) {
    return of(new Key(dtype, Choice.ALTERNATELY, box, apart));
  }

  private static RowMoves of(Key key) {
    Box box = key.box;
    int lanes = Lanes.count(key.dtype);
    long vectors = Math.ceilDiv(box.columns(), lanes);
    long moves = vectors * box.rows() * box.planes();
    boolean suits =
        Lanes.canRearrange(key.dtype)
            && moves > 0
            && moves <= MOST_MOVES
            && (key.choice != Choice.NEIGHBOURS || vectors <= MOST_VECTORS)
            && box.isAscending();
    if (!suits) {
      return NONE;
    }
    List<Sweep> sweeps = KNOWN.get(key, RowMoves::sweeps);
    boolean fromTwo = key.choice != Choice.NEIGHBOURS;
    CopyKernel ofWhole = null;
    CopyKernel ofParts = null;
    boolean isReady = true;
    for (Sweep sweep : sweeps) {
      CopyKernel kernel = RowCopier.of(key.dtype, fromTwo, sweep.whole).get();
      isReady &= kernel != null;
      if (sweep.whole) {
        ofWhole = kernel;
      } else {
        ofParts = kernel;
      }
    }
    return isReady ? new RowMoves(lanes, ofWhole, ofParts, sweeps) : NONE;
  }

  private static List<Sweep> sweeps(Key key) {
    int lanes = Lanes.count(key.dtype);
    int whole = key.box.columns() / lanes;
    int rest = key.box.columns() % lanes;
    if (key.choice == Choice.NEIGHBOURS && whole > 0 && rest > 0) {
      return List.of(sweep(key, 0, whole + 1, lanes));
    }
    List<Sweep> sweeps = new ArrayList<>();
    if (whole > 0) {
      sweeps.add(sweep(key, 0, whole, lanes));
    }
    if (rest > 0) {
      sweeps.add(sweep(key, whole, 1, rest));
    }
    return List.copyOf(sweeps);
  }

  /** So many vectors of each row, from one on. */
  private static Sweep sweep(Key key, int first, int count, int stored) {
    int lanes = Lanes.count(key.dtype);
    Box box = key.box;
    int[] loads = new int[box.planes() * box.rows() * count];
    int[] stores = new int[loads.length];
    int at = 0;
    for (int p = 0; p < box.planes(); p++) {
      for (int r = 0; r < box.rows(); r++) {
        for (int v = first; v < first + count; v++) {
          int column = Math.min(v * lanes, box.columns() - stored);
          int origin =
              switch (key.choice) {
                case NEIGHBOURS -> column;
                case EVERY_SECOND -> 2 * column;
                case ALTERNATELY -> column / 2;
              };
          loads[at] = p * box.from().plane() + r * box.from().row() + origin;
          stores[at++] = p * box.to().plane() + r * box.to().row() + column;
        }
      }
    }
    boolean firstIsEnough = key.choice == Choice.EVERY_SECOND && 2 * stored <= lanes;
    return new Sweep(
        stored == lanes, loads, stores, firstIsEnough ? 0 : key.apart, table(key, lanes, stored));
  }

  private static Object table(Key key, int lanes, int stored) {
    return CopyWriter.table(
        key.dtype,
        lanes,
        switch (key.choice) {
          case NEIGHBOURS -> lane -> lane;
          case EVERY_SECOND -> lane -> 2 * lane;
          case ALTERNATELY -> lane -> lane % 2 * lanes + lane / 2;
        },
        stored);
  }

  /**
   * Copies boxes that follow each other. Whoever copies often makes no object for it.
   *
   * @param first where the first box is, each {@code step} behind the one before
   * @param start where it goes, each {@code stepTo} behind the one before
   * @return how many of {@code count}: none without a kernel, and not those of which a vector would
   *     leave an array
   */
  public int run(int count, Object from, int first, int step, Object to, int start, int stepTo) {
    if (sweeps.isEmpty()) {
      return 0;
    }
    int times = count;
    for (Sweep sweep : sweeps) {
      times = Math.min(times, sweep.times(lanes, from, first, step, to, start, stepTo));
    }
    for (Sweep s : sweeps) {
      CopyKernel kernel = s.whole ? ofWhole : ofParts;
      Objects.requireNonNull(kernel)
          .run(times, from, first, step, s.apart, s.loads, to, start, stepTo, s.stores, s.table);
    }
    return times;
  }
}
