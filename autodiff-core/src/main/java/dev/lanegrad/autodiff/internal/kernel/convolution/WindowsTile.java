package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel that packs windows of so many vectors, which may each join two rows. */
final class WindowsTile extends PreparedKernel<WindowsKernel> {
  private record Key(DType dtype, int vectors, boolean joins) {}

  private static final ConcurrentMap<Key, WindowsTile> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final int vectors;
  private final boolean joins;

  private WindowsTile(Key key) {
    this.dtype = key.dtype;
    this.vectors = key.vectors;
    this.joins = key.joins;
  }

  static WindowsTile of(DType dtype, int vectors, boolean joins) {
    return KNOWN.computeIfAbsent(new Key(dtype, vectors, joins), WindowsTile::new);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "windows of %d vectors%s, %s", vectors, joins ? " that join rows" : "", dtype);
  }

  @Override
  protected WindowsKernel generate() {
    return WindowsWriter.kernel(dtype, Lanes.BITS, vectors, joins);
  }

  @Override
  protected Rehearsal<WindowsKernel> rehearsal() {
    return new OnePanel();
  }

  private final class OnePanel implements Rehearsal<WindowsKernel> {
    private static final int TAPS = 72;

    private final int[] offsets = new int[TAPS];
    private final int[] loads = new int[vectors];
    private final Object grid = Scratch.ownOf(dtype, Lanes.count(dtype));
    private final Object table = WindowsWriter.table(dtype, Lanes.count(dtype));
    private final Object windows = Scratch.ownOf(dtype, TAPS * vectors * Lanes.count(dtype));

    @Override
    public void run(WindowsKernel kernel) {
      run(kernel, 0, TAPS);
    }

    @Override
    public void callIdly(WindowsKernel kernel) {
      run(kernel, KernelCompiler.IDLE, 0);
    }

    private void run(WindowsKernel kernel, int from, int taps) {
      kernel.run(offsets, from, taps, grid, 0, loads, loads, loads, table, 0, windows);
    }

    @Override
    public long operations() {
      return 2L * TAPS * vectors;
    }
  }
}
