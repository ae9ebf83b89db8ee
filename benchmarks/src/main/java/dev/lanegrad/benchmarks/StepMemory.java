package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.TransformerEncoderLayer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Prints how many bytes the scope of a training step takes: after a step that begins with nothing
 * its thread holds what was in use at the peak, and what waited meanwhile because nothing of its
 * size was wanted. Steps go before that for some seconds, as scalar loops need other copies. For
 * each of the steps of {@link StepTable}, and for an encoder layer with its dropout of .1. With
 * another checkout's jar behind the classes of this one it is that library's memory.
 */
public final class StepMemory {
  private static final long WARMING_NANOS = TimeUnit.SECONDS.toNanos(8);

  private static final String ENCODER = "encoder layer, 16 x 128 x 64, 8 heads, width 256";

  private static final int BATCH = 16;
  private static final int LENGTH = 128;
  private static final int FEATURES = 64;
  private static final int HEADS = 8;
  private static final int WIDTH = 256;

  private StepMemory() {}

  /**
   * Prints them.
   *
   * @param arguments a part of the names of those that are wanted, or none for all
   */
  public static void main(String... arguments) throws InterruptedException {
    String wanted = arguments.length == 0 ? "" : arguments[0];
    System.out.printf("| step | bytes |%n|---|--:|%n");
    for (TrainingTask step : StepTable.STEPS) {
      String name = StepTable.name(step) + ", " + step.shape();
      if (name.contains(wanted)) {
        print(name, new TrainingStep(step, TrainingTask.TIMED_RATE).work().run());
      }
    }
    if (ENCODER.contains(wanted)) {
      print(ENCODER, encoderLayer());
    }
  }

  private static Runnable encoderLayer() {
    SplittableRandom random = new SplittableRandom(1);
    TransformerEncoderLayer layer = new TransformerEncoderLayer(FEATURES, HEADS, WIDTH, random);
    Tensor x = Tensor.normal(random, DType.FLOAT32, BATCH, LENGTH, FEATURES);
    Optimizer optimizer = new Optimizer(layer.parameters(), new Adam(TrainingTask.TIMED_RATE));
    return () -> Autodiff.tidy(() -> optimizer.step(layer.forward(x).square().mean().backward()));
  }

  private static void print(String name, Runnable step) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARMING_NANOS) {
      step.run();
    }
    while (Autodiff.recycledBytes() > 0) { // what scopes leave waits for a while
      TimeUnit.MILLISECONDS.sleep(100);
    }
    step.run();
    System.out.printf(Locale.ROOT, "| %s | %,d |%n", name, Autodiff.recycledBytes());
  }
}
