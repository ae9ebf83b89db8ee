package dev.lanegrad.autodiff.internal.kernel.copying;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel that copies short rows, each vector from one place or from two. */
final class RowCopier extends PreparedKernel<CopyKernel> {
  private record Key(DType dtype, boolean fromTwo, boolean whole) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && dtype == that.dtype
          && fromTwo == that.fromTwo
          && whole == that.whole;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * dtype.hashCode() + Boolean.hashCode(fromTwo)) + Boolean.hashCode(whole);
    }
  }

  private static final ConcurrentMap<Key, RowCopier> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final boolean fromTwo;
  private final boolean whole;

  private RowCopier(Key key) {
    this.dtype = key.dtype;
    this.fromTwo = key.fromTwo;
    this.whole = key.whole;
  }

  /**
   * A kernel.
   *
   * @param whole whether all lanes are stored
   */
  static RowCopier of(DType dtype, boolean fromTwo, boolean whole) {
    return KNOWN.computeIfAbsent(new Key(dtype, fromTwo, whole), RowCopier::new);
  }

  @Override
  protected CopyKernel generate() {
    return CopyWriter.kernel(dtype, Lanes.BITS, fromTwo, whole);
  }

  @Override
  protected Rehearsal<CopyKernel> rehearsal() {
    return new SomeVectors();
  }

  @Override
  public String toString() {
    return "copy of rows, " + dtype;
  }

  private final class SomeVectors implements Rehearsal<CopyKernel> {
    private static final int COUNT = 64;
    private static final int[] NOTHING = {};

    private final int lanes = Lanes.count(dtype);
    private final int[] places = new int[COUNT];
    private final Object from = Scratch.ownOf(dtype, 2 * lanes);
    private final Object to = Scratch.ownOf(dtype, lanes);
    private final Object whole = CopyWriter.table(dtype, lanes, lane -> lane, lanes);
    private final Object part = CopyWriter.table(dtype, lanes, lane -> lane, 1);

    @Override
    public void run(CopyKernel kernel) {
      kernel.run(2, from, 0, 0, lanes, places, to, 0, 0, places, whole);
      kernel.run(2, from, 0, 0, lanes, places, to, 0, 0, places, part);
    }

    @Override
    public void callIdly(CopyKernel kernel) {
      kernel.run(KernelCompiler.IDLE, from, 0, 0, lanes, NOTHING, to, 0, 0, NOTHING, part);
    }

    @Override
    public long operations() {
      return 4L * COUNT * (fromTwo ? 4 : 2);
    }
  }
}
