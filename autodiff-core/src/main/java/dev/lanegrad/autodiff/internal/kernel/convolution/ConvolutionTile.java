package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.KernelCompiler;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.PreparedKernel;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kernel that computes so many channels of a convolution's result together. */
final class ConvolutionTile extends PreparedKernel<ConvolutionKernel> {
  /**
   * What a kernel is made for.
   *
   * @param run elements of the convolution's kernel that follow each other
   * @param spacing from one place that they meet to the next
   */
  record Key(DType dtype, int channels, int run, int spacing) {
    /** For single elements of the kernel, wherever they are. */
    Key(DType dtype, int channels) {
      this(dtype, channels, 1, 0);
    }

    /** For rows of the kernel, where their length is a usual one. */
    static Key of(DType dtype, int channels, Target columns) {
      int run = runOf(columns);
      return run == 1 ? new Key(dtype, channels) : new Key(dtype, channels, run, columns.spacing());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && dtype == that.dtype
          && channels == that.channels
          && run == that.run
          && spacing == that.spacing;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * dtype.hashCode() + channels) + run) + spacing;
    }
  }

  private static final ConcurrentMap<Key, ConvolutionTile> KNOWN = new ConcurrentHashMap<>();

  private final Key key;
  private final DType dtype;
  private final int channels;

  private ConvolutionTile(Key key) {
    this.key = key;
    this.dtype = key.dtype;
    this.channels = key.channels;
  }

  static ConvolutionTile of(Key key) {
    return KNOWN.computeIfAbsent(key, ConvolutionTile::new);
  }

  /**
   * How many elements of the convolution's kernel go together: a row of three or five that meets
   * neighbouring places, so that bounds are checked for its ends alone, which was measured with 16
   * registers only.
   */
  static int runOf(Target columns) {
    int taps = columns.taps().length;
    return mostChannels() == 6 && (taps == 3 || taps == 5) && columns.isRun() ? taps : 1;
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
    return String.format(
        Locale.ROOT,
        "convolution of %d channels, %d elements %d apart, %s",
        channels,
        key.run,
        key.spacing,
        dtype);
  }

  @Override
  protected ConvolutionKernel generate() {
    return ConvolutionWriter.kernel(key, Lanes.BITS, vectors(channels));
  }

  @Override
  protected Rehearsal<ConvolutionKernel> rehearsal() {
    return new OneBlock();
  }

  private final class OneBlock implements Rehearsal<ConvolutionKernel> {
    private static final int RUNS = 12;
    private static final int[] NOTHING = {};

    private final int vectors = vectors(channels);
    private final int row = vectors * Lanes.count(dtype);
    private final int[] offsets = new int[RUNS];
    private final int[] starts = new int[vectors];
    private final int taps = RUNS * key.run;
    private final int from = key.run;
    private final Object source = Scratch.ownOf(dtype, row + 2 * key.run);
    private final Object weight = Scratch.ownOf(dtype, (taps + 1) * channels);
    private final Object target = Scratch.ownOf(dtype, channels * row);

    @Override
    public void run(ConvolutionKernel kernel) {
      kernel.run(offsets, source, from, starts, weight, 0, target, 0, row, starts);
    }

    @Override
    public void callIdly(ConvolutionKernel kernel) {
      kernel.run(
          offsets, source, KernelCompiler.IDLE, NOTHING, weight, 0, target, 0, row, NOTHING);
    }

    @Override
    public long operations() {
      return (long) taps * (vectors * (channels + 1) + channels) + 2L * channels * vectors;
    }
  }
}
