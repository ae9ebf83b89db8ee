package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.ConvolutionAxis.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and their transposes. Every element of the result is one chain of fused
 * multiply-adds that starts with the bias and goes over the source's channels, in each over the
 * elements of the kernel in row-major order; so how results are taken together never changes a bit.
 */
public final class ConvolutionLoop {
  /** Channels of the result that are computed together. */
  private static final int MOST_CHANNELS = 8;

  private final ConvolutionShape shape;
  private final DType dtype;
  private final ConvolutionAxis rows;
  private final ConvolutionAxis columns;
  private final ConvolutionGrid grid;
  private final Operand source;
  private final Object result;
  private final int sourceChannels;
  private final int channels;
  private final int resultRows;
  private final int resultColumns;
  private final List<Pass> passes = new ArrayList<>();

  /** Results that are computed from the same elements of the kernel. */
  private record Pass(Target rows, Target columns, int[] offsets, PackedWeight weight) {}

  private ConvolutionLoop(
      ConvolutionShape shape, DType dtype, boolean transposed, Operand source, Object result) {
    this.shape = shape;
    this.dtype = dtype;
    this.source = source;
    this.result = result;
    this.rows =
        transposed
            ? ConvolutionAxis.transposed(shape.rows())
            : ConvolutionAxis.forward(shape.rows());
    this.columns =
        transposed
            ? ConvolutionAxis.transposed(shape.columns())
            : ConvolutionAxis.forward(shape.columns());
    this.sourceChannels = transposed ? shape.out() : shape.in();
    this.channels = transposed ? shape.in() : shape.out();
    this.resultRows = transposed ? shape.rows().length() : shape.rows().positions();
    this.resultColumns = transposed ? shape.columns().length() : shape.columns().positions();
    this.grid = new ConvolutionGrid(rows, columns, shape.groups() * sourceChannels, shape.batch());
  }

  /**
   * The convolution.
   *
   * @param x strides along batch, channels, rows, columns
   * @param weight in row-major order
   * @param bias one number for each channel of the result, or null for zeros
   * @param y receives the result in row-major order
   */
  public static void forward(
      ConvolutionShape shape,
      DType dtype,
      Operand x,
      Operand weight,
      @Nullable Operand bias,
      Object y) {
    ConvolutionLoop loop = new ConvolutionLoop(shape, dtype, false, x, y);
    loop.run(weight, bias, shape.in() * shape.kernel(), shape.kernel());
  }

  /**
   * The transposed convolution.
   *
   * @param g strides along batch, channels, rows, columns
   * @param weight in row-major order
   * @param bias one number for each channel of the result, or null for zeros
   * @param x receives the result in row-major order
   */
  public static void transposed(
      ConvolutionShape shape,
      DType dtype,
      Operand g,
      Operand weight,
      @Nullable Operand bias,
      Object x) {
    ConvolutionLoop loop = new ConvolutionLoop(shape, dtype, true, g, x);
    loop.run(weight, bias, shape.kernel(), shape.in() * shape.kernel());
  }

  /**
   * Packs the weight and goes over the batch.
   *
   * @param resultStep in the weight from one channel of the result to the next
   * @param sourceStep from one channel of the source to the next
   */
  private void run(Operand weight, @Nullable Operand bias, int resultStep, int sourceStep) {
    PackedWeight.Source packing =
        new PackedWeight.Source(
            weight,
            bias,
            shape.in() * shape.out() * shape.kernel(),
            resultStep,
            sourceStep,
            shape.columns().kernel());
    for (Target row : rows.targets()) {
      for (Target column : columns.targets()) {
        int[] offsets = grid.offsets(sourceChannels, row, column);
        PackedWeight packed =
            packing.pack(
                dtype, shape.groups(), channels, sourceChannels, MOST_CHANNELS, row, column);
        passes.add(new Pass(row, column, offsets, packed));
      }
    }
    int turns = Math.ceilDiv(shape.batch(), grid.together());
    int parts = Workers.count(shape.products(), turns);
    Object[] grids = new Object[parts];
    Object[] tiles = new Object[parts];
    for (int part = 0; part < parts; part++) {
      grids[part] = Scratch.of(dtype, grid.size());
      tiles[part] = Scratch.of(dtype, MOST_CHANNELS * tileRow());
    }
    int each = Math.ceilDiv(turns, parts);
    Workers.run(
        parts,
        part -> {
          LaneTree.fill(grids[part], 0, grid.size(), 0);
          for (int turn = part * each; turn < Math.min((part + 1) * each, turns); turn++) {
            int first = turn * grid.together();
            int count = Math.min(grid.together(), shape.batch() - first);
            grid.fill(source, first, count, grids[part]);
            for (Pass pass : passes) {
              compute(pass, first, count, grids[part], tiles[part]);
            }
          }
        });
  }

  private int tileRow() {
    return grid.together() * grid.sample() + 16;
  }

  private void compute(Pass pass, int first, int count, Object elements, Object tile) {
    PackedWeight weight = pass.weight;
    for (int group = 0; group < shape.groups(); group++) {
      int base = grid.channel(group * sourceChannels);
      for (int strip = 0; strip < weight.strips(); strip++) {
        for (int i = 0; i < weight.height(); i++) {
          for (int n = 0; n < count; n++) {
            scalar(
                pass,
                weight.at(group, strip) + i,
                elements,
                base + n * grid.sample(),
                tile,
                i * tileRow() + n * grid.sample());
          }
        }
        int channel = group * channels + weight.channel(strip);
        copyOut(pass, first, count, channel, weight.height(), tile);
      }
    }
  }

  /** The definition: for each element of the kernel the source is scaled and added. */
  private void scalar(Pass pass, int weightAt, Object elements, int from, Object tile, int to) {
    PackedWeight weight = pass.weight;
    int span = (pass.rows.count() - 1) * grid.pitch() + pass.columns.count();
    int at = weightAt;
    Rows.fill(weight.array(), at, tile, to, span);
    for (int offset : pass.offsets) {
      at += weight.height();
      Rows.addScaled(weight.array(), at, elements, from + offset, tile, to, span);
    }
  }

  private void copyOut(Pass pass, int first, int count, int channel, int height, Object tile) {
    int plane = resultRows * resultColumns;
    Target row = pass.rows;
    Target column = pass.columns;
    for (int i = 0; i < height; i++) {
      for (int n = 0; n < count; n++) {
        int image = ((first + n) * shape.groups() * channels + channel + i) * plane;
        int from = i * tileRow() + n * grid.sample();
        for (int r = 0; r < row.count(); r++) {
          int to = image + (row.first() + r * row.step()) * resultColumns + column.first();
          Rows.scatter(tile, from + r * grid.pitch(), result, to, column.step(), column.count());
        }
      }
    }
  }
}
