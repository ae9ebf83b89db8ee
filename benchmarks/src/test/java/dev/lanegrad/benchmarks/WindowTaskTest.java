package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.benchmarks.WindowTask.Pass;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WindowTaskTest {
  private static final int BATCH = 3;

  private static WindowTask task(Pass pass, DType dtype, String network) {
    return new WindowTask(pass, dtype, BATCH, new Network(network));
  }

  private static double check(WindowTask task) {
    return task.prepare().check().getAsDouble();
  }

  /** Sums over all results of convolutions of sequences, by their definition. */
  private static double[] means(WindowTask task, int number) {
    Part.Convolution part = (Part.Convolution) task.parts().get(number);
    int in = part.input().get(0);
    int length = part.input().get(1);
    int steps = part.output().get(1);
    double[] seed = task.numbers(number, 0, List.of(BATCH, part.out(), steps));
    double[] x = task.numbers(number, 1, List.of(BATCH, in, length));
    double[] weight = task.numbers(number, 2, part.weight());
    double[] bias = task.numbers(number, 3, List.of(part.out()));
    double y = 0;
    double ofInput = 0;
    double ofWeight = 0;
    for (int i = 0; i < seed.length; i++) {
      int row = i / steps % part.out();
      y += bias[row];
      for (int j = 0; j < in * part.kernel(); j++) {
        int channel = j / part.kernel();
        int place = i % steps * part.stride() + j % part.kernel() - part.padding();
        if (place >= 0 && place < length) {
          double w = weight[row * in * part.kernel() + j];
          double value = x[(i / steps / part.out() * in + channel) * length + place];
          y += w * value;
          ofInput += w * seed[i];
          ofWeight += value * seed[i];
        }
      }
    }
    double ofBias = DoubleStream.of(seed).sum() / bias.length;
    return new double[] {y / seed.length, ofInput / x.length, ofWeight / weight.length, ofBias};
  }

  @Test
  void resultsAreThoseOfTheDefinition() {
    String network = "9x2-4c3s2p1-5c2";
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      double forward = 1;
      double all = 1;
      for (int number = 0; number < 2; number++) {
        double[] means = means(task(Pass.FORWARD, dtype, network), number);
        forward *= means[0];
        all *= means[0] * means[1] * means[2] * means[3];
      }
      double gradients = all / forward;
      assertEquals(forward, check(task(Pass.FORWARD, dtype, network)), 1e-5 * forward);
      assertEquals(gradients, check(task(Pass.GRADIENTS, dtype, network)), 1e-5 * gradients);
      assertEquals(all, check(task(Pass.FORWARD_AND_GRADIENTS, dtype, network)), 1e-5 * all);
    }
  }

  @Test
  void poolingKeepsTheLargest() {
    WindowTask task = task(Pass.FORWARD, DType.FLOAT64, "6x4x1-m2");
    double[] x = task.numbers(0, 1, List.of(BATCH, 1, 6, 4));
    double sum = 0;
    for (int i = 0; i < BATCH * 3 * 2; i++) {
      int corner = i / 2 * 8 + i % 2 * 2;
      sum += Math.max(Math.max(x[corner], x[corner + 1]), Math.max(x[corner + 4], x[corner + 5]));
    }
    assertEquals(sum / (BATCH * 3 * 2), check(task), 1e-12);
  }

  @Test
  void everyPassRuns() {
    for (Pass pass : Pass.values()) {
      for (String network :
          List.of(
              "7x6x2-3c3p1",
              "9x2-4c3s2p1",
              "6x4x2-4c3g2",
              "5x3x2-3t4s2p1",
              "9x2-3t3",
              "6x4x2-m2",
              "8x3-m2")) {
        task(pass, DType.FLOAT32, network).prepare().run().run();
      }
    }
  }

  @Test
  void theNameSaysWhatIsDone() {
    assertEquals("conv1d forward", task(Pass.FORWARD, DType.FLOAT32, "9x2-4c3").name());
    assertEquals("convTranspose2d forward", task(Pass.FORWARD, DType.FLOAT32, "4x4x1-2t3").name());
    assertEquals("max pool 2d gradients", task(Pass.GRADIENTS, DType.FLOAT32, "4x4x1-m2").name());
    assertEquals(
        "conv2d forward and gradients",
        task(Pass.FORWARD_AND_GRADIENTS, DType.FLOAT32, "4x4x1-2c3").name());
  }
}
