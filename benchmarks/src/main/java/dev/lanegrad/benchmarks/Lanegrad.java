package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.IOException;

/** This library, and the loops that it is compared with in the same process. */
final class Lanegrad implements Contestant {
  private final int threads;

  Lanegrad(int threads) {
    this.threads = threads;
  }

  /** Started by {@link WorkerProcess} only. */
  public static void main(String... arguments) throws IOException {
    Worker.serve(System.in, System.out, new Lanegrad(Integer.getInteger("lanegrad.threads", 1)));
  }

  @Override
  public String description() {
    return KernelInfo.kernels() + " " + KernelInfo.lanes(DType.FLOAT32);
  }

  @Override
  public void prepareForLongRun() {
    Warming.pollute();
  }

  @Override
  public Work prepare(Task task) {
    return switch (task) {
      case OperationTask operation -> operation.prepare();
      case ProductTask product -> product.prepare();
      case TrainingTask training ->
          training.productsOnly()
              ? new TrainingProducts(training).work()
              : new TrainingStep(training, TrainingTask.TIMED_RATE).work();
      case WindowTask window -> window.prepare();
      case DataTask data -> data.prepare();
      case SequenceTask sequence -> sequence.prepare();
      case LayerTask layer -> layer.prepare();
      case TrainerTask trainer -> trainer.prepare();
      case LoopTask loop -> loop.prepare();
      case FormulaTask formula -> formula.prepare();
      case PeakTask peak -> peak.prepare(threads);
      case MemoryTask memory -> memory.prepare(threads);
    };
  }
}
