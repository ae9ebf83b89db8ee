package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.ConvolutionAxis.Target;

/**
 * The gradient of a convolution's weight. The batch is cut into chunks whose number depends on
 * shapes only; in each every element is one chain of fused multiply-adds from position to position,
 * and the chunks' results are added in order.
 */
public final class WeightGradientLoop {
  /** Chunks of the batch: what limits how many threads can share the work. */
  private static final int CHUNKS = 8;

  private final ConvolutionShape shape;
  private final DType dtype;
  private final ConvolutionGrid grid;
  private final int[] offsets;
  private final Operand x;
  private final Operand g;
  private final int positions;
  private final int outputs;
  private final int taps;

  private WeightGradientLoop(ConvolutionShape shape, DType dtype, Operand x, Operand g) {
    this.shape = shape;
    this.dtype = dtype;
    this.x = x;
    this.g = g;
    ConvolutionAxis rows = ConvolutionAxis.forward(shape.rows());
    ConvolutionAxis columns = ConvolutionAxis.forward(shape.columns());
    this.grid = new ConvolutionGrid(rows, columns, shape.groups() * shape.in(), shape.batch());
    Target row = rows.targets().getFirst();
    this.offsets = grid.offsets(shape.in(), row, columns.targets().getFirst());
    this.positions = shape.rows().positions() * shape.columns().positions();
    this.outputs = shape.groups() * shape.out();
    this.taps = offsets.length;
  }

  /**
   * Computes the gradient.
   *
   * @param x strides along batch, channels, rows, columns
   * @param g the gradient of the output, likewise
   * @param weight receives the result in row-major order
   */
  public static void run(ConvolutionShape shape, DType dtype, Operand x, Operand g, Object weight) {
    new WeightGradientLoop(shape, dtype, x, g).run(weight);
  }

  private void run(Object weight) {
    int chunks = Math.clamp(shape.batch(), 1, CHUNKS);
    int parts = Workers.count(shape.products(), chunks);
    Object[] grids = new Object[parts];
    Object[] turned = new Object[parts];
    Object[] sums = new Object[chunks];
    for (int part = 0; part < parts; part++) {
      grids[part] = Scratch.of(dtype, grid.size());
      turned[part] = Scratch.of(dtype, positions * outputs);
    }
    for (int chunk = 0; chunk < chunks; chunk++) {
      sums[chunk] = Scratch.of(dtype, taps * outputs);
    }
    int each = Math.ceilDiv(chunks, parts);
    Workers.run(
        parts,
        part -> {
          LaneTree.fill(grids[part], 0, grid.size(), 0);
          for (int chunk = part * each; chunk < Math.min((part + 1) * each, chunks); chunk++) {
            int first = (int) ((long) chunk * shape.batch() / chunks);
            int end = (int) ((long) (chunk + 1) * shape.batch() / chunks);
            LaneTree.fill(sums[chunk], 0, taps * outputs, 0);
            for (int n = first; n < end; n++) {
              grid.fill(x, n, 1, grids[part]);
              turn(n, turned[part]);
              scalar(grids[part], turned[part], sums[chunk]);
            }
          }
        });
    addUp(sums, weight);
  }

  /** The gradient of one sample with the channels innermost: [positions, outputs]. */
  private void turn(int n, Object turned) {
    int width = shape.columns().positions();
    for (int o = 0; o < outputs; o++) {
      int from = g.offset() + n * g.stride(0) + o * g.stride(1);
      for (int p = 0; p < shape.rows().positions(); p++) {
        int to = p * width * outputs + o;
        int row = from + p * g.stride(2);
        if (turned instanceof float[] floats) {
          turn((float[]) g.array(), row, g.stride(3), floats, to, outputs, width);
        } else {
          turn((double[]) g.array(), row, g.stride(3), (double[]) turned, to, outputs, width);
        }
      }
    }
  }

  private static void turn(
      float[] source, int from, int step, float[] target, int to, int targetStep, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }

  private static void turn(
      double[] source, int from, int step, double[] target, int to, int targetStep, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i * targetStep] = source[from + i * step];
    }
  }

  /** The definition: at each position every element of the window times every gradient. */
  private void scalar(Object elements, Object turned, Object sums) {
    int width = shape.columns().positions();
    for (int p = 0; p < positions; p++) {
      int place = p / width * grid.pitch() + p % width;
      for (int group = 0; group < shape.groups(); group++) {
        int window = grid.channel(group * shape.in()) + place;
        int gradients = p * outputs + group * shape.out();
        for (int k = 0; k < taps; k++) {
          int to = k * outputs + group * shape.out();
          Rows.addScaled(elements, window + offsets[k], turned, gradients, sums, to, shape.out());
        }
      }
    }
  }

  /** From [taps, outputs] of each chunk to [outputs, taps]. */
  private void addUp(Object[] sums, Object weight) {
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < taps; k++) {
        int from = k * outputs + o;
        if (weight instanceof float[] floats) {
          float sum = ((float[]) sums[0])[from];
          for (int chunk = 1; chunk < sums.length; chunk++) {
            sum += ((float[]) sums[chunk])[from];
          }
          floats[o * taps + k] = sum;
        } else {
          double sum = ((double[]) sums[0])[from];
          for (int chunk = 1; chunk < sums.length; chunk++) {
            sum += ((double[]) sums[chunk])[from];
          }
          ((double[]) weight)[o * taps + k] = sum;
        }
      }
    }
  }
}
