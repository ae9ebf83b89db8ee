package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The kernels that compute so many channels of a convolution's result together. */
final class ConvolutionTile {
  private record Key(DType dtype, int channels) {}

  private static final ConcurrentMap<Key, PreparedKernel<ConvolutionKernel>> KNOWN =
      new ConcurrentHashMap<>();

  private ConvolutionTile() {}

  /** The kernel, or null where the scalar loop should be used. */
  static @Nullable ConvolutionKernel get(DType dtype, int channels) {
    return Lanes.VECTOR && channels > 0
        ? KNOWN.computeIfAbsent(new Key(dtype, channels), ConvolutionTile::prepare).get()
        : null;
  }

  private static PreparedKernel<ConvolutionKernel> prepare(Key key) {
    int vectors = vectors(key.channels);
    return new PreparedKernel<>(
        () -> KernelCompiler.convolution(key.dtype, Lanes.BITS, key.channels, vectors),
        () -> new OneBlock(key.dtype, key.channels, vectors));
  }

  /** How many channels fit: machines with vectors of 512 bits have 32 registers, others 16. */
  static int mostChannels() {
    return Lanes.BITS == 512 ? 16 : 12;
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

  private static final class OneBlock implements PreparedKernel.Rehearsal<ConvolutionKernel> {
    private static final int TAPS = 24;
    private static final int[] NOTHING = {};

    private final int channels;
    private final int row;
    private final int[] offsets = new int[TAPS];
    private final int[] starts;
    private final Object source;
    private final Object weight;
    private final Object target;

    OneBlock(DType dtype, int channels, int vectors) {
      this.channels = channels;
      this.row = vectors * Lanes.count(dtype);
      this.starts = new int[vectors];
      this.source = Scratch.ownOf(dtype, row);
      this.weight = Scratch.ownOf(dtype, (TAPS + 1) * channels);
      this.target = Scratch.ownOf(dtype, channels * row);
    }

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
      int vectors = starts.length;
      return (long) TAPS * (vectors * (channels + 1) + channels) + 2L * channels * vectors;
    }
  }
}
