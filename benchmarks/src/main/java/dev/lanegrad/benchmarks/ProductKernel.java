package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.internal.kernel.arrays.Finish;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulLoop;

/** A {@link ProductTask} on arrays, without what a tensor costs. */
final class ProductKernel {
  private final ProductTask task;
  private final int[] batch;
  private final Operand a;
  private final Operand b;
  private final Object c;

  ProductKernel(ProductTask task) {
    this.task = task;
    boolean leftTurned = task.transposed() == ProductTask.Transposed.TN;
    boolean rightTurned = task.transposed() == ProductTask.Transposed.NT;
    batch = task.batch() == 1 ? new int[0] : new int[] {task.batch()};
    a = operand(task.left(), leftTurned ? 1 : task.inner(), leftTurned ? task.rows() : 1);
    b = operand(task.right(), rightTurned ? 1 : task.columns(), rightTurned ? task.inner() : 1);
    c = LoopTask.array(task.dtype(), new double[count()]);
  }

  Work work() {
    return Work.inScope(this::run, this::mean);
  }

  private void run() {
    MatMulLoop.run(batch, a, b, c, task.rows(), task.inner(), task.columns(), Finish.NONE);
  }

  private int count() {
    return task.batch() * task.rows() * task.columns();
  }

  private double mean() {
    run();
    int count = count();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += c instanceof float[] floats ? floats[i] : ((double[]) c)[i];
    }
    return sum / count;
  }

  private Operand operand(double[] numbers, int rowStride, int columnStride) {
    int[] strides =
        batch.length == 0
            ? new int[] {rowStride, columnStride}
            : new int[] {numbers.length / task.batch(), rowStride, columnStride};
    return new Operand(LoopTask.array(task.dtype(), numbers), 0, strides);
  }
}
