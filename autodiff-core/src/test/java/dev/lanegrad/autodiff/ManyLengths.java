package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Trains in 8 threads on batches of 500 to 1,500 random lengths, in scopes; then has a scope that
 * needs much memory. Prints what is kept, and takes what is left for something else.
 */
final class ManyLengths {
  private static final int THREADS = 8;
  private static final int SHORTEST = 500;
  private static final int LENGTHS = 1_000;
  private static final int WIDTH = 256;
  private static final int LAYERS = 4;
  private static final int MEGABYTE = 1 << 20;
  private static final Tensor DATA = Tensor.ones(DType.FLOAT32, SHORTEST + LENGTHS, WIDTH);
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.01)));

  private ManyLengths() {}

  private static Void train(int seed, int scopes) {
    SplittableRandom random = new SplittableRandom(seed);
    Parameter weight = Parameter.of("weight", Tensor.ones(DType.FLOAT32, WIDTH));
    for (int i = 0; i < scopes; i++) {
      int length = SHORTEST + random.nextInt(LENGTHS);
      Autodiff.tidy(
          () -> {
            Tensor x = DATA.slice(0, 0, length);
            Tensor y = x.mul(weight.tensor());
            for (int layer = 0; layer < LAYERS; layer++) {
              y = y.relu().add(x);
            }
            Tensor slope = y.square().mean().backward().of(weight);
            new Update(DESCEND, List.of(weight)).apply(slope);
          });
    }
    return null;
  }

  private static void takeMegabytes(int count) {
    List<byte[]> plain = new ArrayList<>();
    for (int i = 0; i < 2 * count; i++) {
      plain.add(new byte[MEGABYTE / 2 - 64]);
    }
    System.out.println("took " + plain.size() / 2 + " MB");
  }

  private static long recycledMegabytes() {
    return Autodiff.recycledBytes() / MEGABYTE;
  }

  public static void main(String... arguments) throws Exception {
    int scopes = Integer.parseInt(arguments[0]);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread;
        running.add(threads.submit(() -> train(seed, scopes)));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    }
    System.out.println("trained, keeping " + recycledMegabytes() + " MB");
    takeMegabytes(100);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Autodiff.recycledBytes() > 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    System.out.println("at rest " + Autodiff.recycledBytes() + " bytes");
    Tensor large = Tensor.zeros(DType.FLOAT32, 16 * MEGABYTE / Float.BYTES);
    Autodiff.tidy(() -> large.neg().add(1).mul(2).size());
    System.out.println("after a large scope " + recycledMegabytes() + " MB");
    for (int i = 0; i < 16; i++) {
      Autodiff.tidy(() -> DATA.sum().item());
    }
    System.out.println("after small ones " + recycledMegabytes() + " MB");
  }
}
