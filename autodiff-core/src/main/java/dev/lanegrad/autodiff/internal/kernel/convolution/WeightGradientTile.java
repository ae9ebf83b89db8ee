package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel for so many elements of a convolution's kernel and vectors of output channels. */
final class WeightGradientTile extends PreparedKernel<WeightGradientKernel> {
  private record Key(DType dtype, int taps, int vectors, boolean apart) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && dtype == that.dtype
          && taps == that.taps
          && vectors == that.vectors
          && apart == that.apart;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * dtype.hashCode() + taps) + vectors) + Boolean.hashCode(apart);
    }
  }

  private static final ConcurrentMap<Key, WeightGradientTile> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final int taps;
  private final int vectors;
  private final boolean apart;

  private WeightGradientTile(Key key) {
    this.dtype = key.dtype;
    this.taps = key.taps;
    this.vectors = key.vectors;
    this.apart = key.apart;
  }

  static WeightGradientTile of(DType dtype, int taps, int vectors) {
    return of(new Key(dtype, taps, vectors, false));
  }

  /** The kernel for channels of which each is convolved apart. */
  static WeightGradientTile apart(DType dtype, int taps) {
    return of(new Key(dtype, taps, 1, true));
  }

  private static WeightGradientTile of(Key key) {
    return KNOWN.computeIfAbsent(key, WeightGradientTile::new);
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

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "gradient of a convolution's weight, %d x %d%s, %s",
        taps,
        vectors,
        apart ? " apart" : "",
        dtype);
  }

  @Override
  protected WeightGradientKernel generate() {
    return WeightGradientWriter.kernel(dtype, Lanes.BITS, taps, vectors, apart);
  }

  @Override
  protected Rehearsal<WeightGradientKernel> rehearsal() {
    return new SomePositions();
  }

  private final class SomePositions implements Rehearsal<WeightGradientKernel> {
    private static final int POSITIONS = 24;

    private final int width = vectors * Lanes.count(dtype);
    private final int[] offsets = new int[taps];
    private final Object x = Scratch.ownOf(dtype, POSITIONS * (apart ? Lanes.count(dtype) : 1));
    private final Object g = Scratch.ownOf(dtype, POSITIONS * width);
    private final Object sums = Scratch.ownOf(dtype, taps * width);

    @Override
    public void run(WeightGradientKernel kernel) {
      run(kernel, POSITIONS);
    }

    @Override
    public void callIdly(WeightGradientKernel kernel) {
      run(kernel, KernelCompiler.IDLE);
    }

    private void run(WeightGradientKernel kernel, int positions) {
      kernel.run(positions, x, 0, offsets, 0, g, 0, sums, 0, width);
    }

    @Override
    public long operations() {
      return 2L * POSITIONS * (taps * (vectors + 1) + vectors) + 2L * taps * vectors;
    }
  }
}
