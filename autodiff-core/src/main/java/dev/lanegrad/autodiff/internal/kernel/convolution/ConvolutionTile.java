package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel that computes so many channels of a convolution's result together. */
final class ConvolutionTile extends PreparedKernel<ConvolutionKernel> {
  private record Key(DType dtype, int channels) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && dtype == that.dtype && channels == that.channels;
    }

    @Override
    public int hashCode() {
      return 31 * dtype.hashCode() + channels;
    }
  }

  private static final ConcurrentMap<Key, ConvolutionTile> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final int channels;

  private ConvolutionTile(Key key) {
    this.dtype = key.dtype;
    this.channels = key.channels;
  }

  static ConvolutionTile of(DType dtype, int channels) {
    return KNOWN.computeIfAbsent(new Key(dtype, channels), ConvolutionTile::new);
  }

  /** How many channels are computed together at most. */
  static int mostChannels() {
    return Lanes.BITS == 512 ? 16 : Settings.ARM ? 12 : 6;
  }

  /**
   * The same where there are so many: with 16 registers four by three vectors are best, if they
   * leave no rest.
   */
  static int mostChannels(int channels) {
    return mostChannels() == 6 && channels % 4 == 0 ? 4 : mostChannels();
  }

  /**
   * Channels between branches that are never taken: as many as have a register left; 0 for none.
   */
  static int fence(int channels, int vectors) {
    return mostChannels() > 6 ? 0 : Math.max(1, 16 - (channels + 1) * vectors);
  }

  /** How many vectors of neighbouring results go with so many channels; what measured best. */
  static int vectors(int channels) {
    if (Lanes.BITS == 512) {
      return switch (channels) {
        case 1, 2 -> 8;
        case 3, 4 -> 6;
        case 5, 6 -> 4;
        case 7, 8, 9 -> 3;
        case 15, 16 -> 1;
        default -> 2;
      };
    }
    return channels > 6 ? 1 : channels > 4 ? 2 : channels > 2 ? 3 : 4;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "convolution of %d channels, %s", channels, dtype);
  }

  @Override
  protected ConvolutionKernel generate() {
    return ConvolutionWriter.kernel(dtype, Lanes.BITS, channels, vectors(channels));
  }

  @Override
  protected Rehearsal<ConvolutionKernel> rehearsal() {
    return new OneBlock();
  }

  private final class OneBlock implements Rehearsal<ConvolutionKernel> {
    private static final int TAPS = 24;
    private static final int[] NOTHING = {};

    private final int vectors = vectors(channels);
    private final int row = vectors * Lanes.count(dtype);
    private final int[] offsets = new int[TAPS];
    private final int[] starts = new int[vectors];
    private final Object source = Scratch.ownOf(dtype, row);
    private final Object weight = Scratch.ownOf(dtype, (TAPS + 1) * channels);
    private final Object target = Scratch.ownOf(dtype, channels * row);

    @Override
    public void run(ConvolutionKernel kernel) {
      kernel.run(offsets, source, 0, starts, weight, 0, target, 0, row, starts);
    }

    @Override
    public void callIdly(ConvolutionKernel kernel) {
      kernel.run(offsets, source, 0, NOTHING, weight, 0, target, 0, row, NOTHING);
    }

    @Override
    public long operations() {
      return (long) TAPS * (vectors * (channels + 1) + channels) + 2L * channels * vectors;
    }
  }
}
