package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;

/** The rows of the comparison with other libraries, on one thread and on two. */
final class PeerTable {
  static final String ONE_THREAD = "one thread";
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
    List<Row> rows = new ArrayList<>(PeerProducts.rows());
    for (WindowTask.Pass pass :
        List.of(WindowTask.Pass.FORWARD, WindowTask.Pass.FORWARD_AND_GRADIENTS)) {
      rows.add(windows(pass, 64, "28x28x1-8c5p2"));
      rows.add(windows(pass, 64, "32x32x16-32c3p1"));
      rows.add(windows(pass, 64, "16x16x32-64c3p1"));
      rows.add(windows(pass, 100, "40x1-25c5s2p1-25c3s2p1-25c3s2p1"));
    }
    for (WindowTask task : ConvolutionTable.TASKS) {
      rows.add(alone(task, ConvolutionTable.target(task)));
    }
    StepTable.STEPS.forEach(step -> rows.add(training(step, python, true)));
    rows.add(productsOfStep(TrainingTask.step(100, "40-256-256-10"), "its matmuls alone"));
    rows.add(productsOfStep(StepTable.MNIST_1D, CONVOLUTIONS));
    rows.add(productsOfStep(StepTable.SMALL_IMAGES, CONVOLUTIONS));
    rows.add(productsOfStep(StepTable.LARGE_IMAGES, CONVOLUTIONS));
    for (DataCase data : DataTable.CASES) {
      rows.add(alone(new DataTask(data, DType.FLOAT32), Target.NONE));
      rows.add(alone(new DataTask(data, DType.FLOAT64), Target.NONE));
    }
    for (SequenceCase layer : SequenceCase.values()) {
      rows.add(sequence(new SequenceTask(layer)));
    }
    rows.addAll(MemoryTable.rows());
    return rows;
  }

  private static Row sequence(SequenceTask task) {
    List<Probe> probes = pairs(Contender.PYTORCH, task);
    List<Line> lines = lines(task.name(), probes);
    Target target = Target.of(1);
    return new Row(
        probes, List.of(lines.get(0).wanted(target), lines.get(1).wanted(target), lines.get(2)));
  }

  /** On one thread alone, against PyTorch. */
  private static Row alone(Task task, Target target) {
    List<Probe> probes =
        List.of(new Probe(Contender.LANEGRAD, task), new Probe(Contender.PYTORCH, task));
    Line line = Line.of(task, 1, 0, Contender.PYTORCH.toString(), 1);
    return new Row(probes, List.of(line.wanted(target)));
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
  static List<Probe> pairs(Contender peer, Task task) {
    return List.of(
        new Probe(Contender.LANEGRAD, task),
        new Probe(peer, task),
        new Probe(Contender.LANEGRAD_2, task),
        new Probe(peer.onTwoThreads(), task));
  }

  static List<Line> lines(String name, List<Probe> probes) {
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
