package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.kernel.copying.Packing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution's weight in the order in which it is used: strips of {@code height} channels of the
 * result, for each the biases and then, for each channel of the source and element of the kernel,
 * the factors of these channels. The last strip ends at the last channel and may overlap the one
 * before it.
 *
 * @param array the elements
 * @param channels of the result in a group
 * @param strips of a group
 * @param height channels in a strip
 * @param taps factors of a channel
 */
record PackedWeight(Object array, int channels, int strips, int height, int taps) {
  /** Where a strip begins. */
  int at(int group, int strip) {
    return (group * strips + strip) * (taps + 1) * height;
  }

  /** Channels in a strip, of so many in all and at most in a strip. */
  static int height(int channels, int most) {
    return Math.ceilDiv(channels, Math.max(1, Math.ceilDiv(channels, most)));
  }

  /** The first channel of a strip. */
  int channel(int strip) {
    return Math.min(strip * height, channels - height);
  }

  /**
   * A weight as it lies.
   *
   * @param group distance between groups
   * @param result distance between channels of the result
   * @param source distance between channels of the source
   * @param row distance between rows of the kernel
   */
  record Source(
      Operand weight, @Nullable Operand bias, int group, int result, int source, int row) {
    PackedWeight pack(
        DType dtype, int groups, int channels, int sources, int most, Target rows, Target columns) {
      int strips = Math.max(1, Math.ceilDiv(channels, most));
      int height = height(channels, most);
      int taps = sources * rows.taps().length * columns.taps().length;
      int slack = Lanes.count(dtype); // packing may write a vector too much
      Object array = Scratch.borrow(dtype, groups * strips * (taps + 1) * height + slack);
      PackedWeight packed = new PackedWeight(array, channels, strips, height, taps);
      for (int g = 0; g < groups; g++) {
        for (int strip = 0; strip < strips; strip++) {
          int to = packed.at(g, strip);
          int channel = packed.channel(strip);
          packBias(g * channels + channel, array, to, height);
          int from = weight.offset() + g * group + channel * result;
          packFactors(
              dtype, from, sources, rows.taps(), columns.taps(), array, to + height, height);
        }
      }
      return packed;
    }

    /** Of one strip. */
    private void packFactors(
        DType dtype,
        int from,
        int sources,
        int[] rows,
        int[] columns,
        Object array,
        int to,
        int height) {
      int count = rows.length * columns.length;
      if (count == 1) {
        pack(dtype, from + rows[0] * row + columns[0], source, sources, array, to, height);
        return;
      }
      boolean follow = columns.length == row && rows[rows.length - 1] - rows[0] < rows.length;
      if (follow && count == source) {
        pack(dtype, from, 1, sources * count, array, to, height);
        return;
      }
      int[] taps = new int[count];
      Arrays.setAll(taps, i -> rows[i / columns.length] * row + columns[i % columns.length]);
      if (array instanceof float[] floats) {
        float[] weights = (float[]) weight.array();
        FloatFactors.pack(weights, from, source, sources, taps, result, height, floats, to);
      } else {
        double[] weights = (double[]) weight.array();
        double[] doubles = (double[]) array;
        DoubleFactors.pack(weights, from, source, sources, taps, result, height, doubles, to);
      }
    }

    private void pack(
        DType dtype, int from, int step, int depth, Object array, int at, int height) {
      Packing.of(dtype).pack(weight.array(), from, result, step, height, depth, array, at, height);
    }

    private void packBias(int channel, Object array, int to, int height) {
      if (bias == null) {
        Rows.fill(array, to, height, 0);
      } else {
        System.arraycopy(bias.array(), bias.offset() + channel, array, to, height);
      }
    }
  }
}
