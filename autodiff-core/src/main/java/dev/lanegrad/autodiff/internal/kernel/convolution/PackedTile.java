package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel that computes so many channels of a convolution's result from packed windows. */
final class PackedTile extends PreparedKernel<PackedKernel> {
  private record Key(DType dtype, int channels) {}

  private static final ConcurrentMap<Key, PackedTile> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final int channels;

  private PackedTile(Key key) {
    this.dtype = key.dtype;
    this.channels = key.channels;
  }

  static PackedTile of(DType dtype, int channels) {
    return KNOWN.computeIfAbsent(new Key(dtype, channels), PackedTile::new);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "convolution of %d channels, packed, %s", channels, dtype);
  }

  @Override
  protected PackedKernel generate() {
    return PackedWriter.kernel(dtype, Lanes.BITS, channels, ConvolutionTile.vectors(channels));
  }

  @Override
  protected Rehearsal<PackedKernel> rehearsal() {
    return new OneTile();
  }

  private final class OneTile implements Rehearsal<PackedKernel> {
    /**
     * So many that C2 sees the loop that matters: rehearsed on 24 its code ran at 70 GFLOP/s on a
     * Zen 2, on these at 76 to 82. An odd number, lest it leave out the last turn.
     */
    private static final int TAPS = 97;

    private final int vectors = ConvolutionTile.vectors(channels);
    private final int row = vectors * Lanes.count(dtype);
    private final int[] stores = new int[vectors];
    private final Object windows = Scratch.ownOf(dtype, TAPS * row);
    private final Object factors = Scratch.ownOf(dtype, TAPS * channels);
    private final Object sums = Scratch.ownOf(dtype, channels * row);
    private final Object target = Scratch.ownOf(dtype, channels * row);

    @Override
    public void run(PackedKernel kernel) {
      run(kernel, TAPS);
    }

    @Override
    public void callIdly(PackedKernel kernel) {
      run(kernel, KernelCompiler.IDLE);
    }

    private void run(PackedKernel kernel, int taps) {
      kernel.run(taps, windows, 0, factors, 0, sums, 0, target, 0, row, stores, 0);
    }

    @Override
    public long operations() {
      return (long) TAPS * (vectors * (channels + 1) + channels) + 2L * channels * vectors;
    }
  }
}
