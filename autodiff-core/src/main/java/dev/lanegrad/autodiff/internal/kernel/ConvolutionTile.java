package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.Settings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The convolution kernel for so many channels, handed out once it is compiled. */
final class ConvolutionTile {
  private record Key(DType dtype, int channels) {}

  private static final ConcurrentMap<Key, ConvolutionTile> KNOWN = new ConcurrentHashMap<>();

  private final DType dtype;
  private final int channels;
  private volatile @Nullable ConvolutionKernel kernel;
  private boolean submitted;

  private ConvolutionTile(Key key) {
    this.dtype = key.dtype;
    this.channels = key.channels;
  }

  static ConvolutionTile of(DType dtype, int channels) {
    return KNOWN.computeIfAbsent(new Key(dtype, channels), ConvolutionTile::new);
  }

  /**
   * How many channels are best taken together: 16 or 28 accumulators fill the registers of a
   * machine with vectors of 512 bits, which has 32, and 12 those of one with 16.
   */
  static int mostChannels() {
    return Lanes.BITS == 512 ? 16 : 12;
  }

  /** How many vectors of neighbouring results go with so many channels. */
  static int vectors(int channels) {
    if (Lanes.BITS == 512) {
      return channels > 14 ? 1 : channels > 9 ? 2 : channels > 6 ? 3 : 4;
    }
    return channels > 6 ? 1 : channels > 4 ? 2 : 3;
  }

  /** The kernel, or null where the scalar loop should be used. */
  @Nullable ConvolutionKernel get() {
    ConvolutionKernel known = kernel;
    return known != null || !Lanes.VECTOR ? known : prepare();
  }

  private synchronized @Nullable ConvolutionKernel prepare() {
    if (!Settings.BACKGROUND_WARMUP && kernel == null) {
      kernel = compile();
    } else if (kernel == null && !submitted) {
      submitted = Warmup.submit(new Rehearsal());
    }
    return kernel;
  }

  private ConvolutionKernel compile() {
    return KernelCompiler.convolution(dtype, Lanes.BITS, channels, vectors(channels));
  }

  /** The kernel on data of its own. */
  private final class Rehearsal implements Warmup.Workload {
    private static final int TAPS = 24;

    private final int vectors = vectors(channels);
    private final int row = vectors * Lanes.count(dtype);
    private final int[] offsets = new int[TAPS];
    private final int[] starts = new int[2 * vectors];
    private final Object source = Scratch.ownOf(dtype, 2 * row);
    private final Object weight = Scratch.ownOf(dtype, (TAPS + 1) * channels);
    private final Object target = Scratch.ownOf(dtype, channels * row);
    private @Nullable ConvolutionKernel rehearsed;

    @Override
    public void run() {
      ConvolutionKernel tile = rehearsed;
      if (tile == null) {
        tile = compile();
        rehearsed = tile;
      }
      tile.run(offsets, source, 0, starts, weight, 0, target, 0, row, starts);
    }

    @Override
    public long operations() {
      return 2L * TAPS * (vectors * (channels + 1) + channels) + 4L * channels * vectors;
    }

    @Override
    public void ready() {
      kernel = rehearsed;
    }
  }
}
