package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.arrays.Rows;
import dev.lanegrad.autodiff.internal.kernel.arrays.Scratch;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.kernel.copying.Box;
import dev.lanegrad.autodiff.internal.kernel.copying.RowMoves;
import dev.lanegrad.autodiff.internal.kernel.threads.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and their transposes. Every element of the result is one chain of fused
 * multiply-adds that starts with the bias and goes over the source's channels, in each over the
 * elements of the kernel in row-major order; so how results are taken together never changes a bit.
 */
public final class ConvolutionLoop {
  private final ConvolutionShape shape;
  private final DType dtype;
  private final ConvolutionDirection direction;
  private final ConvolutionGrid grid;
  private final ConvolutionGrid.Filling filling;
  private final @Nullable Operand bias;
  private final Object result;
  private final Finish finish;

  /** Whether every result comes from an element of the kernel. */
  private final boolean covered;

  /** Whether windows are packed, as soon as kernels for that are compiled. */
  private final boolean packs;

  private final List<ConvolutionLine> lines = new ArrayList<>();

  private ConvolutionLoop(
      ConvolutionShape shape,
      DType dtype,
      ConvolutionDirection direction,
      Operand source,
      @Nullable Operand bias,
      Object result,
      Finish finish) {
    this.shape = shape;
    this.dtype = dtype;
    this.bias = bias;
    this.result = result;
    this.finish = finish;
    this.direction = direction;
    this.grid =
        new ConvolutionGrid(
            direction.rows(),
            direction.columns(),
            shape.groups() * direction.sourceChannels(),
            shape.batch(),
            Workers.parts(shape.batch(), shape.products()));
    this.filling = grid.new Filling(dtype, source);
    this.covered = direction.isCovered();
    long tiles = (long) direction.channels() * direction.columns().targets().size() * tileRow();
    this.packs =
        PackedWindows.pays(direction.channels())
            && direction.sourceChannels() > 0
            && tiles <= Integer.MAX_VALUE;
  }

  /**
   * The convolution.
   *
   * @param x strides along batch, channels, rows, columns
   * @param weight in row-major order
   * @param bias one number for each channel of the result, or null for zeros
   * @param y receives the result in row-major order
   * @param finish of samples of y
   */
  public static void forward(
      ConvolutionShape shape,
      DType dtype,
      Operand x,
      Operand weight,
      @Nullable Operand bias,
      Object y,
      Finish finish) {
    ConvolutionShape flat = shape.flattened(x);
    ConvolutionLoop loop =
        new ConvolutionLoop(flat, dtype, ConvolutionDirection.forward(flat), x, bias, y, finish);
    loop.run(weight, shape.in() * shape.kernel(), shape.kernel());
  }

  /**
   * The transposed convolution.
   *
   * @param g strides along batch, channels, rows, columns
   * @param weight in row-major order
   * @param bias one number for each channel of the result, or null for zeros
   * @param x receives the result in row-major order
   * @param finish of samples of x
   */
  public static void transposed(
      ConvolutionShape shape,
      DType dtype,
      Operand g,
      Operand weight,
      @Nullable Operand bias,
      Object x,
      Finish finish) {
    ConvolutionShape flat = shape.flattened(g);
    ConvolutionLoop loop =
        new ConvolutionLoop(flat, dtype, ConvolutionDirection.transposed(flat), g, bias, x, finish);
    loop.run(weight, shape.kernel(), shape.in() * shape.kernel());
  }

  /**
   * Packs the weight and goes over the batch.
   *
   * @param resultStep in the weight from one channel of the result to the next
   * @param sourceStep from one channel of the source to the next
   */
  private void run(Operand weight, int resultStep, int sourceStep) {
    PackedWeight.Source packing =
        new PackedWeight.Source(
            weight,
            bias,
            shape.in() * shape.out() * shape.kernel(),
            resultStep,
            sourceStep,
            shape.columns().kernel());
    int most = ConvolutionTile.mostChannels(direction.channels());
    int height = PackedWeight.height(direction.channels(), most);
    boolean joins = canJoin() && direction.resultColumns() % Lanes.count(dtype) != 0;
    PackedWindows.Kernels kernels = packs ? PackedWindows.kernels(dtype, height, joins) : null;
    for (Target row :
        direction.columns().targets().isEmpty() ? List.<Target>of() : direction.rows().targets()) {
      List<ConvolutionPass> passes = new ArrayList<>();
      for (Target column : direction.columns().targets()) {
        PackedWeight packed =
            packing.pack(
                dtype,
                shape.groups(),
                direction.channels(),
                direction.sourceChannels(),
                most,
                row,
                column);
        passes.add(pass(row, column, packed, passes.size() * tileSize(), kernels));
      }
      lines.add(ConvolutionLine.of(dtype, passes, direction.resultColumns()));
    }
    go();
  }

  /** Whether windows are packed for vectors that go over all of a result. */
  private boolean canJoin() {
    int width = direction.resultColumns();
    return packs
        && direction.resultRows() > 1
        && direction.isSingle()
        && ConvolutionBlocks.canJoin(plane(), width, Lanes.count(dtype));
  }

  private ConvolutionPass pass(
      Target row,
      Target column,
      PackedWeight weight,
      int tile,
      PackedWindows.@Nullable Kernels kernels) {
    int height = weight.height();
    Box box = box(row, column, height);
    ConvolutionKernel kernel =
        packs || height == 0
            ? null
            : ConvolutionTile.of(ConvolutionTile.Key.of(dtype, height, column)).get();
    int run = kernel == null ? 1 : ConvolutionTile.runOf(column);
    int[] offsets = grid.offsets(direction.sourceChannels(), row, column, run);
    PackedWindows packed =
        kernels == null ? null : new PackedWindows(dtype, kernels, offsets, weight, shape.groups());
    boolean isScalar = packed == null && kernel == null;
    int last = shape.batch() % grid.together();
    return new ConvolutionPass(
        row,
        column,
        offsets,
        weight,
        row.first() * direction.resultColumns() + column.first(),
        tile,
        box,
        RowMoves.of(dtype, box),
        packed,
        kernel,
        isScalar ? ConvolutionBlocks.NONE : blocks(row, column, height, grid.together()),
        isScalar || last == 0 ? ConvolutionBlocks.NONE : blocks(row, column, height, last));
  }

  private ConvolutionBlocks blocks(Target row, Target column, int height, int samples) {
    int lanes = Lanes.count(dtype);
    int block = ConvolutionTile.vectors(height);
    int width = direction.resultColumns();
    return canJoin()
        ? ConvolutionBlocks.joining(grid, lanes, block, samples, resultSample(), plane(), width)
        : ConvolutionBlocks.of(grid, row, column, lanes, block, samples, resultSample(), width);
  }

  private void go() {
    int turns = Math.ceilDiv(shape.batch(), grid.together());
    int parts = Workers.parts(turns, shape.products());
    Object[] grids = new Object[parts];
    Object[] tiles = new Object[parts];
    for (int part = 0; part < parts; part++) {
      grids[part] = Scratch.borrow(dtype, grid.size());
      tiles[part] =
          Scratch.borrow(dtype, needsTile() ? lines.getFirst().passes().size() * tileSize() : 0);
    }
    Workers.inParts(
        parts,
        turns,
        (part, begin, end) -> {
          Rows.fill(grids[part], 0, grid.size(), 0);
          for (int turn = begin; turn < end; turn++) {
            int first = turn * grid.together();
            int count = Math.min(grid.together(), shape.batch() - first);
            filling.fill(first, count, grids[part]);
            if (!covered) {
              fillWithBias(first, count);
            }
            for (ConvolutionLine line : lines) {
              compute(line, first, count, grids[part], tiles[part]);
            }
            finish.rows(first, count);
          }
        });
    for (int part = 0; part < parts; part++) {
      Scratch.giveBack(grids[part]);
      Scratch.giveBack(tiles[part]);
    }
    for (ConvolutionLine line : lines) {
      for (ConvolutionPass pass : line.passes()) {
        Scratch.giveBack(pass.weight().array());
        if (pass.packed() != null) {
          pass.packed().giveBack();
        }
      }
    }
  }

  private void fillWithBias(int first, int count) {
    int all = shape.groups() * direction.channels();
    for (int image = first * all; image < (first + count) * all; image++) {
      if (bias == null) {
        Rows.fill(result, image * plane(), plane(), 0);
      } else {
        Rows.fill(bias.array(), bias.offset() + image % all, result, image * plane(), plane());
      }
    }
  }

  private boolean needsTile() {
    return lines.stream()
        .flatMap(line -> line.passes().stream())
        .anyMatch(pass -> !pass.blocks().direct());
  }

  /** Channels of one strip, or all of them. */
  private int tileSize() {
    return (packs ? direction.channels() : ConvolutionTile.mostChannels()) * tileRow();
  }

  private int tileRow() {
    return grid.together() * grid.sample() + 16;
  }

  private void compute(ConvolutionLine line, int first, int count, Object elements, Object tile) {
    PackedWeight strips = line.passes().getFirst().weight();
    for (int group = 0; group < shape.groups(); group++) {
      int image = (first * shape.groups() + group) * direction.channels() * plane();
      for (ConvolutionPass pass : line.passes()) {
        if (pass.packed() != null) {
          computePacked(pass, pass.packed(), group, image, count, elements, tile);
        }
      }
      for (int strip = 0; strip < strips.strips(); strip++) {
        int channel = strips.channel(strip);
        int at = image + channel * plane();
        for (ConvolutionPass pass : line.passes()) {
          if (pass.packed() == null) {
            compute(pass, group, strip, at, count, elements, tile);
          }
        }
        int row = line.leader().packed() == null ? 0 : channel * tileRow();
        line.copyOut(tile, row, grid.sample(), result, at, resultSample(), count);
      }
    }
  }

  private void computePacked(
      ConvolutionPass pass,
      PackedWindows packed,
      int group,
      int image,
      int count,
      Object elements,
      Object tile) {
    ConvolutionBlocks blocks = count == grid.together() ? pass.blocks() : pass.lastBlocks();
    boolean direct = blocks.direct();
    packed.run(
        group,
        elements,
        grid.channel(group * direction.sourceChannels()),
        blocks,
        direct ? result : tile,
        direct ? image : pass.tile(),
        direct ? plane() : tileRow());
  }

  private void compute(
      ConvolutionPass pass,
      int group,
      int strip,
      int image,
      int count,
      Object elements,
      Object tile) {
    int from = grid.channel(group * direction.sourceChannels());
    int at = pass.weight().at(group, strip);
    ConvolutionKernel kernel = pass.kernel();
    if (kernel == null) {
      scalar(pass, at, elements, from, count, tile);
      return;
    }
    ConvolutionBlocks blocks = count == grid.together() ? pass.blocks() : pass.lastBlocks();
    boolean direct = blocks.direct();
    kernel.run(
        pass.offsets(),
        elements,
        from,
        blocks.loads(),
        pass.weight().array(),
        at,
        direct ? result : tile,
        direct ? image : pass.tile(),
        direct ? plane() : tileRow(),
        blocks.stores());
  }

  /** The definition: for each element of the kernel the source is scaled and added. */
  private void scalar(
      ConvolutionPass pass, int at, Object elements, int from, int count, Object tile) {
    PackedWeight weight = pass.weight();
    int span = (pass.rows().count() - 1) * grid.pitch() + pass.columns().count();
    for (int i = 0; i < weight.height(); i++) {
      for (int n = 0; n < count; n++) {
        int to = pass.tile() + i * tileRow() + n * grid.sample();
        int factor = at + i;
        Rows.fill(weight.array(), factor, tile, to, span);
        for (int offset : pass.offsets()) {
          factor += weight.height();
          int source = from + n * grid.sample() + offset;
          Rows.addScaled(weight.array(), factor, elements, source, tile, to, span);
        }
      }
    }
  }

  /** The box of one sample in a tile that is copied into the result. */
  private Box box(Target row, Target column, int height) {
    return new Box(
        height,
        row.count(),
        column.count(),
        new Box.Steps(tileRow(), grid.pitch(), 1),
        new Box.Steps(plane(), row.step() * direction.resultColumns(), column.step()));
  }

  private int plane() {
    return direction.resultRows() * direction.resultColumns();
  }

  /** From one sample of the result to the next. */
  private int resultSample() {
    return shape.groups() * direction.channels() * plane();
  }
}
