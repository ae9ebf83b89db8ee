package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.ProductTask.Transposed;
import java.util.ArrayList;
import java.util.List;

/** The rows of the comparison with other libraries, on one thread and on two. */
final class PeerTable {
  private static final String ONE_THREAD = "one thread";
  private static final String PEAK = "FMA loop";

  /** Up to here the tensor around a product counts. */
  private static final int SMALL = 64;

  /** Of this product the fraction of the peak is shown. */
  private static final int NEAR_PEAK = 512;

  /** And of this one what two threads gain. */
  private static final int SHARED = 1_024;

  private static final String CONVOLUTIONS = "its matmuls and convolutions alone";

  private PeerTable() {}

  /** Steps of training against libraries of Python alone. */
  static List<Row> steps(List<Contender> python) {
    return python.isEmpty()
        ? List.of()
        : StepTable.STEPS.stream().map(step -> training(step, python, false)).toList();
  }

  /**
   * All rows.
   *
   * @param python libraries of Python that do the steps of training too
   */
  static List<Row> rows(List<Contender> python) {
    List<Row> rows = new ArrayList<>();
    for (int n : new int[] {8, 16, 32, 64, 128}) {
      rows.add(product(Transposed.NN, DType.FLOAT32, n, n, n));
    }
    for (int n : new int[] {256, 512, 1_024, 2_048}) {
      for (Transposed transposed : Transposed.values()) {
        rows.add(product(transposed, DType.FLOAT32, n, n, n));
      }
    }
    rows.add(product(Transposed.NN, DType.FLOAT32, 32, 144, 12_544));
    rows.add(product(Transposed.NN, DType.FLOAT32, 64, 784, 256));
    rows.add(product(Transposed.NN, DType.FLOAT32, 100, 256, 256));
    rows.add(product(Transposed.NN, DType.FLOAT32, 1_024, 1_024, 1));
    for (int n : new int[] {256, 1_024, 2_048}) {
      rows.add(product(Transposed.NN, DType.FLOAT32, 1, n, n));
      rows.add(product(Transposed.NT, DType.FLOAT32, 1, n, n));
    }
    rows.add(product(Transposed.TN, DType.FLOAT32, 40, 100, 100));
    rows.add(product(Transposed.TN, DType.FLOAT32, 256, 64, 784));
    for (int n : new int[] {256, 512, 1_024}) {
      rows.add(product(Transposed.NN, DType.FLOAT64, n, n, n));
    }
    for (WindowTask.Pass pass :
        List.of(WindowTask.Pass.FORWARD, WindowTask.Pass.FORWARD_AND_GRADIENTS)) {
      rows.add(windows(pass, 64, "28x28x1-8c5p2"));
      rows.add(windows(pass, 64, "32x32x16-32c3p1"));
      rows.add(windows(pass, 64, "16x16x32-64c3p1"));
      rows.add(windows(pass, 100, "40x1-25c5s2p1-25c3s2p1-25c3s2p1"));
    }
    StepTable.STEPS.forEach(step -> rows.add(training(step, python, true)));
    rows.add(productsOfStep(TrainingTask.step(100, "40-256-256-10"), "its matmuls alone"));
    rows.add(productsOfStep(StepTable.MNIST_1D, CONVOLUTIONS));
    rows.add(productsOfStep(StepTable.SMALL_IMAGES, CONVOLUTIONS));
    rows.add(productsOfStep(StepTable.LARGE_IMAGES, CONVOLUTIONS));
    for (DataCase data : DataTable.CASES) {
      rows.add(data(new DataTask(data, DType.FLOAT32)));
      rows.add(data(new DataTask(data, DType.FLOAT64)));
    }
    rows.addAll(MemoryTable.rows());
    return rows;
  }

  /** On one thread alone: what moves data is not shared. */
  private static Row data(DataTask task) {
    List<Probe> probes =
        List.of(new Probe(Contender.LANEGRAD, task), new Probe(Contender.PYTORCH, task));
    return new Row(probes, List.of(Line.of(task, 1, 0, Contender.PYTORCH.toString(), 1)));
  }

  private static Row product(Transposed transposed, DType dtype, int rows, int inner, int columns) {
    ProductTask task = new ProductTask(false, transposed, dtype, rows, inner, columns);
    boolean isSquare = rows == inner && inner == columns;
    boolean isFirst = transposed == Transposed.NN && dtype == DType.FLOAT32 && isSquare;
    List<Probe> probes = new ArrayList<>(pairs(Contender.OPENBLAS, task));
    List<Line> lines = new ArrayList<>(lines(task.name(), probes));
    if (isFirst && rows <= SMALL) {
      probes.add(new Probe(Contender.LANEGRAD, task.kernel()));
      lines.add(Line.of(task.kernel(), 1, 4, Contender.OPENBLAS.toString(), 1));
    } else if (isFirst && rows == NEAR_PEAK) {
      PeakTask peak = new PeakTask(dtype);
      probes.add(new Probe(Contender.LANEGRAD, peak));
      lines.add(shareOfPeak(task, peak, 0, 4));
    } else if (isFirst && rows == SHARED) {
      PeakTask peak = new PeakTask(dtype);
      probes.add(new Probe(Contender.LANEGRAD, peak));
      probes.add(new Probe(Contender.LANEGRAD_2, peak));
      lines.add(Line.of(peak, 2, 5, ONE_THREAD, 4));
      lines.add(gain(task, List.of(2, 4), List.of(0, 5)));
    }
    int mkl = probes.size();
    probes.add(new Probe(Contender.MKL, task));
    probes.add(new Probe(Contender.MKL_2, task));
    lines.add(Line.of(task.name(), task, 1, 0, Contender.MKL.toString(), mkl));
    lines.add(Line.of(task.name(), task, 2, 2, Contender.MKL.toString(), mkl + 1));
    return new Row(probes, lines);
  }

  /** A product's share of what one core can do at best. */
  private static Line shareOfPeak(ProductTask task, PeakTask peak, int ours, int other) {
    double share = task.operations() / peak.operations();
    return new Line(
        task.name(), task.dtype(), task.shape(), 1, List.of(ours), PEAK, List.of(other), share);
  }

  /** What a product gains by a second thread, over what the loop of the peak does. */
  private static Line gain(ProductTask task, List<Integer> ours, List<Integer> others) {
    return new Line(
        task.name() + ", gain", task.dtype(), task.shape(), 2, ours, "gain of " + PEAK, others, 1);
  }

  private static Row windows(WindowTask.Pass pass, int batch, String network) {
    WindowTask task = new WindowTask(pass, DType.FLOAT32, batch, new Network(network));
    List<Probe> probes = pairs(Contender.PYTORCH, task);
    return new Row(probes, lines(task.name(), probes));
  }

  private static Row training(TrainingTask task, List<Contender> python, boolean withPeers) {
    String name = StepTable.name(task);
    List<Probe> probes = new ArrayList<>(pairs(Contender.PYTORCH, task));
    List<Line> lines = new ArrayList<>(withPeers ? lines(name, probes) : List.of());
    for (Contender library : python) {
      int first = probes.size();
      probes.add(new Probe(library, task));
      probes.add(new Probe(library.onTwoThreads(), task));
      lines.add(Line.of(name, task, 1, 0, library.toString(), first));
      lines.add(Line.of(name, task, 2, 2, library.toString(), first + 1));
    }
    return new Row(probes, lines).only(_ -> true);
  }

  /** Ours and the peer's on one thread, then on two. */
  private static List<Probe> pairs(Contender peer, Task task) {
    return List.of(
        new Probe(Contender.LANEGRAD, task),
        new Probe(peer, task),
        new Probe(Contender.LANEGRAD_2, task),
        new Probe(peer.onTwoThreads(), task));
  }

  private static List<Line> lines(String name, List<Probe> probes) {
    String peer = probes.get(1).contender().toString();
    Task task = probes.getFirst().task();
    return List.of(
        Line.of(name, task, 1, 0, peer, 1),
        Line.of(name, task, 2, 2, peer, 3),
        Line.of(name, task, 2, 2, ONE_THREAD, 0));
  }

  private static Row productsOfStep(TrainingTask task, String against) {
    List<Probe> probes =
        List.of(
            new Probe(Contender.LANEGRAD, task),
            new Probe(Contender.LANEGRAD, task.products()),
            new Probe(Contender.LANEGRAD_2, task),
            new Probe(Contender.LANEGRAD_2, task.products()));
    return new Row(
        probes, List.of(Line.of(task, 1, 0, against, 1), Line.of(task, 2, 2, against, 3)));
  }
}
