package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The convolutions that are compared with PyTorch's, forward and with all gradients: of every kind,
 * at the sizes that networks for images have. Batches are such that a call takes some milliseconds,
 * but for small ones.
 */
final class ConvolutionTable {
  /** Multiplications of one pass that a batch is chosen for, if it need not be larger than this. */
  private static final long WANTED = 60_000_000;

  private static final int LARGEST_BATCH = 64;

  private static final List<String> SMALL =
      List.of("8x8x3-4c3", "12x12x1-8c5p2", "8x8x16-16c3p1", "28x28x1-8c5p2", "40x1-25c5s2p1");

  static final List<WindowTask> TASKS = tasks();

  private ConvolutionTable() {}

  private static List<WindowTask> tasks() {
    List<WindowTask> tasks = new ArrayList<>();
    for (int channels : new int[] {16, 32, 64, 128}) {
      for (int pixels : new int[] {8, 14, 28, 56}) {
        long products = 9L * channels * channels * pixels * pixels;
        int batch = Math.clamp(WANTED / products, 1, LARGEST_BATCH);
        tasks.add(
            task(batch, String.format(Locale.ROOT, "%1$dx%1$dx%2$d-%2$dc3p1", pixels, channels)));
      }
    }
    String[] pointwise = {"56x56x32-64c1", "28x28x64-64c1", "14x14x256-64c1", "7x7x128-512c1"};
    for (String network : pointwise) {
      tasks.add(task(8, network));
    }
    String[] depthwise = {
      "56x56x32-32c3p1g32", "28x28x64-64c3p1g64", "14x14x128-128c3p1g128", "28x28x64-64c3s2p1g64"
    };
    for (String network : depthwise) {
      tasks.add(task(16, network));
    }
    String[] strided = {
      "56x56x32-64c3s2p1", "28x28x64-128c3s2p1", "64x64x3-32c5s2p2", "28x28x64-128c1s2"
    };
    for (String network : strided) {
      tasks.add(task(8, network));
    }
    String[] transposed = {"14x14x64-32t4s2p1", "28x28x32-32t3p1", "32x32x32-3t3p1"};
    for (String network : transposed) {
      tasks.add(task(8, network));
    }
    for (String network : SMALL) {
      tasks.add(task(1, network));
    }
    return List.copyOf(tasks);
  }

  /** Small ones, alone in their batch, are to be twice as fast as PyTorch's, all others as fast. */
  static Target target(WindowTask task) {
    return Target.of(task.batch() == 1 && SMALL.contains(task.network().word()) ? 2 : 1);
  }

  private static WindowTask task(int batch, String network) {
    WindowTask.Pass pass = WindowTask.Pass.FORWARD_AND_GRADIENTS;
    return new WindowTask(pass, DType.FLOAT32, batch, new Network(network));
  }
}
