package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.util.ArrayList;
import java.util.List;

/**
 * Products beside those of other libraries, with what is wanted: large ones near MKL, small ones at
 * OpenBLAS's speed, single rows and columns near MKL or a sum of the same bytes.
 */
final class PeerProducts {
  private static final String PEAK = "FMA loop";
  private static final String SUM = "sum of as many";

  /** Nanoseconds that a call through tensors may take longer than its kernel. */
  private static final double OF_A_CALL = 120;

  /** From here on the call counts and not the kernel alone. */
  private static final int CALL_COUNTS = 32;

  /** Of this product the fraction of the peak is shown. */
  private static final int NEAR_PEAK = 512;

  /** And of this one what two threads gain. */
  private static final int SHARED = 1_024;

  private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);

  private PeerProducts() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (DType dtype : DTYPES) {
      for (int n : new int[] {4, 8, 16, 24, 32, 48, 64}) {
        rows.add(small(ProductTask.of(Transposed.NN, dtype, n, n, n)));
      }
    }
    rows.add(stack(new ProductTask(128, false, Transposed.NN, DType.FLOAT32, 128, 64, 128)));
    rows.add(stack(new ProductTask(128, false, Transposed.NT, DType.FLOAT32, 128, 64, 128)));
    rows.add(stack(new ProductTask(128, false, Transposed.NN, DType.FLOAT32, 128, 128, 64)));
    rows.add(stack(new ProductTask(1_000, false, Transposed.NN, DType.FLOAT32, 16, 16, 16)));
    for (DType dtype : DTYPES) {
      for (Transposed transposed : Transposed.values()) {
        rows.add(large(0.85, transposed, dtype, 256, 256, 256));
        rows.add(large(0.85, transposed, dtype, 100, 256, 256));
        rows.add(large(0.85, transposed, dtype, 64, 784, 256));
        rows.add(large(0.9, transposed, dtype, 512, 512, 512));
        rows.add(large(0.9, transposed, dtype, 1_000, 1_000, 1_000));
        rows.add(large(0.9, transposed, dtype, 32, 144, 12_544));
        rows.add(large(0.95, transposed, dtype, 1_024, 1_024, 1_024));
        rows.add(large(0.95, transposed, dtype, 2_048, 2_048, 2_048));
      }
      for (int n : new int[] {256, 512, 1_024, 2_048, 4_096}) {
        rows.add(vector(ProductTask.of(Transposed.NN, dtype, 1, n, n)));
        rows.add(vector(ProductTask.of(Transposed.NT, dtype, 1, n, n)));
        rows.add(vector(ProductTask.of(Transposed.NN, dtype, n, n, 1)));
      }
    }
    rows.add(other(Transposed.NN, 128, 128, 128));
    rows.add(other(Transposed.TN, 40, 100, 100));
    rows.add(other(Transposed.TN, 256, 64, 784));
    rows.add(peak(DType.FLOAT32));
    rows.add(gain(DType.FLOAT32));
    return rows;
  }

  /** The kernel against OpenBLAS, and what a call costs beside it, on one thread. */
  private static Row small(ProductTask task) {
    List<Probe> probes =
        List.of(
            new Probe(Contender.LANEGRAD, task),
            new Probe(Contender.LANEGRAD, task.kernel()),
            new Probe(Contender.OPENBLAS, task),
            new Probe(Contender.MKL, task));
    Line call = Line.of(task, 1, 0, Contender.OPENBLAS.toString(), 2);
    return new Row(
        probes,
        List.of(
            task.rows() >= CALL_COUNTS ? call.wanted(Target.of(1)) : call,
            Line.of(task, 1, 0, Contender.MKL.toString(), 3),
            Line.of(task.kernel(), 1, 1, Contender.OPENBLAS.toString(), 2).wanted(Target.of(1)),
            Line.of(task, 1, 0, "its kernel and 120 ns", 1)
                .allowing(OF_A_CALL)
                .wanted(Target.of(1))));
  }

  private static Row stack(ProductTask task) {
    return againstMkl(task, Target.of(1));
  }

  private static Row large(
      double wanted, Transposed transposed, DType dtype, int rows, int inner, int columns) {
    return againstMkl(ProductTask.of(transposed, dtype, rows, inner, columns), Target.of(wanted));
  }

  private static Row other(Transposed transposed, int rows, int inner, int columns) {
    return againstMkl(ProductTask.of(transposed, DType.FLOAT32, rows, inner, columns), Target.NONE);
  }

  private static Row againstMkl(ProductTask task, Target target) {
    List<Probe> probes = PeerTable.pairs(Contender.MKL, task);
    return new Row(
        probes,
        List.of(
            Line.of(task, 1, 0, Contender.MKL.toString(), 1).wanted(target),
            Line.of(task, 2, 2, Contender.MKL.toString(), 3).wanted(target)));
  }

  /** A row or a column times a matrix, which is read once. */
  private static Row vector(ProductTask task) {
    Target target = Target.ofSlower(0.9);
    OperationTask sum =
        new OperationTask(Operation.SUM, task.dtype(), task.rows() * task.inner() * task.columns());
    List<Probe> probes = new ArrayList<>(PeerTable.pairs(Contender.MKL, task));
    probes.add(new Probe(Contender.LANEGRAD, sum));
    probes.add(new Probe(Contender.LANEGRAD_2, sum));
    return new Row(
        probes,
        List.of(
            Line.of(task, 1, 0, Contender.MKL.toString(), 1).wanted(target),
            Line.of(task, 1, 0, SUM, 4).wanted(target),
            Line.of(task, 2, 2, Contender.MKL.toString(), 3).wanted(target),
            Line.of(task, 2, 2, SUM, 5).wanted(target)));
  }

  /** A product's share of what one core can do at best. */
  private static Row peak(DType dtype) {
    ProductTask task = ProductTask.of(Transposed.NN, dtype, NEAR_PEAK, NEAR_PEAK, NEAR_PEAK);
    PeakTask peak = new PeakTask(dtype);
    List<Probe> probes =
        List.of(new Probe(Contender.LANEGRAD, task), new Probe(Contender.LANEGRAD, peak));
    double share = task.operations() / peak.operations();
    Line line = Line.of(task.name(), dtype, task.shape(), 1, List.of(0), PEAK, List.of(1), share);
    return new Row(probes, List.of(line));
  }

  /** What a product gains by a second thread, over what the loop of the peak does. */
  private static Row gain(DType dtype) {
    ProductTask task = ProductTask.of(Transposed.NN, dtype, SHARED, SHARED, SHARED);
    PeakTask peak = new PeakTask(dtype);
    List<Probe> probes =
        List.of(
            new Probe(Contender.LANEGRAD, task),
            new Probe(Contender.LANEGRAD_2, task),
            new Probe(Contender.LANEGRAD, peak),
            new Probe(Contender.LANEGRAD_2, peak));
    Line line =
        Line.of(
            task.name() + ", gain",
            dtype,
            task.shape(),
            2,
            List.of(1, 2),
            "gain of " + PEAK,
            List.of(0, 3),
            1);
    return new Row(
        probes,
        List.of(
            line.wanted(Target.of(1)),
            Line.of(task, 2, 1, PeerTable.ONE_THREAD, 0),
            Line.of(peak, 2, 3, PeerTable.ONE_THREAD, 2)));
  }
}
