package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The kernels for so many elements of a convolution's kernel and vectors of output channels. */
final class WeightGradientTile {
  private record Key(DType dtype, int taps, int vectors) {}

  private static final ConcurrentMap<Key, PreparedKernel<WeightGradientKernel>> KNOWN =
      new ConcurrentHashMap<>();

  private WeightGradientTile() {}

  /** The kernel, or null where the scalar loop should be used. */
  static @Nullable WeightGradientKernel get(DType dtype, int taps, int vectors) {
    return Lanes.VECTOR && taps > 0 && vectors > 0
        ? KNOWN.computeIfAbsent(new Key(dtype, taps, vectors), WeightGradientTile::prepare).get()
        : null;
  }

  private static PreparedKernel<WeightGradientKernel> prepare(Key key) {
    return new PreparedKernel<>(
        () -> KernelCompiler.weightGradient(key.dtype, Lanes.BITS, key.taps, key.vectors),
        () -> new TwoLines(key.dtype, key.taps, key.vectors));
  }

  /** How many vectors go together where there are so many; what measured best. */
  static int vectors(int available) {
    return available == 3 && Lanes.BITS == 512 ? 3 : Math.min(available, 2);
  }

  /** How many elements of the kernel go together with so many vectors. */
  static int mostTaps(int vectors) {
    if (Lanes.BITS == 512) {
      return switch (vectors) {
        case 1 -> 14;
        case 2 -> 12;
        default -> 9;
      };
    }
    return 12 / vectors;
  }

  private static final class TwoLines implements PreparedKernel.Rehearsal<WeightGradientKernel> {
    private static final int COLUMNS = 12;

    private final int vectors;
    private final int width;
    private final int[] offsets;
    private final Object x;
    private final Object g;
    private final Object sums;

    TwoLines(DType dtype, int taps, int vectors) {
      this.vectors = vectors;
      this.width = vectors * Lanes.count(dtype);
      this.offsets = new int[taps];
      this.x = Scratch.ownOf(dtype, COLUMNS);
      this.g = Scratch.ownOf(dtype, width);
      this.sums = Scratch.ownOf(dtype, taps * width);
    }

    @Override
    public void run(WeightGradientKernel kernel) {
      kernel.run(2, COLUMNS, x, 0, 0, offsets, 0, g, 0, 0, sums, 0, width);
    }

    @Override
    public void callIdly(WeightGradientKernel kernel) {
      kernel.run(0, COLUMNS, x, 0, 0, offsets, 0, g, 0, 0, sums, 0, width);
    }

    @Override
    public long operations() {
      int taps = offsets.length;
      return 2L * COLUMNS * (taps * (vectors + 1) + vectors) + 2L * taps * vectors;
    }
  }
}
