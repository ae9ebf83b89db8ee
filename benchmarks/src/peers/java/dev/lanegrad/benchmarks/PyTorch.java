package dev.lanegrad.benchmarks;

import ai.djl.engine.Engine;
import java.io.IOException;

/**
 * Convolutions, steps of training, layers over sequences, and what moves data, by PyTorch through
 * DJL.
 */
final class PyTorch implements Contestant {
  /** Started by {@link WorkerProcess} only. */
  public static void main(String... arguments) throws IOException {
    String threads = System.getProperty("lanegrad.threads", "1");
    System.setProperty("ai.djl.pytorch.num_threads", threads);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    System.setProperty("ai.djl.offline", "true"); // all it needs is on the class path
    Worker.serve(System.in, System.out, new PyTorch());
  }

  @Override
  public String description() {
    return "PyTorch " + Engine.getInstance().getVersion() + " (DJL)";
  }

  @Override
  public Work prepare(Task task) {
    return switch (task) {
      case TrainingTask training -> {
        PyTorchStep step = new PyTorchStep(training, TrainingTask.TIMED_RATE);
        yield new Work(
            step::run,
            1,
            () -> new PyTorchStep(training, TrainingTask.CHECKED_RATE).lossAfterSteps());
      }
      case WindowTask windows -> new PyTorchWindows(windows).work();
      case DataTask data -> new PyTorchScript(data).work();
      case SequenceTask sequence -> new PyTorchSequence(sequence).work();
      default ->
          throw new IllegalArgumentException(
              "PyTorch does convolutions, steps of training, sequences and what moves data, not "
                  + task.key());
    };
  }
}
