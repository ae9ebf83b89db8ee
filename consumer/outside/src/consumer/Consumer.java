package consumer;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.plots.Series;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Uses every module of Lanegrad, as a program of somebody else's would. */
public final class Consumer {
  private static final double[] EXPECTED = {-0.042067574785, -0.294473023496};

  private Consumer() {}

  public static void main(String[] args) throws IOException {
    String path = args[0];
    checkHowLoaded(Tensor.class, path);
    checkHowLoaded(Curves.class, path);
    double[] gradient = differentiate();
    double[] losses = train();
    draw(losses);
    System.out.println(path + ": " + Arrays.toString(gradient));
  }

  /** The loss of a logistic regression. */
  private static double[] differentiate() {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor x = Tensor.of(0.1, 0.7);
    Tensor loss = w.mul(x).sum().add(0.1).sigmoid().log().neg();
    double[] gradient = loss.backward().of(w).toDoubleArray();
    for (int i = 0; i < EXPECTED.length; i++) {
      if (!(Math.abs(gradient[i] - EXPECTED[i]) <= 5e-13)) {
        throw new AssertionError(
            "gradient " + Arrays.toString(gradient) + ", not " + Arrays.toString(EXPECTED));
      }
    }
    return gradient;
  }

  /** A line through four points: the losses of each step, which fall. */
  private static double[] train() {
    Tensor x = Tensor.of(new float[][] {{0}, {1}, {2}, {3}});
    Tensor y = Tensor.of(new float[][] {{1}, {3}, {5}, {7}});
    Linear line = new Linear(1, 1, new SplittableRandom(1));
    Optimizer optimizer = new Optimizer(line.parameters(), new Adam(0.1));
    double[] losses = new double[20];
    for (int step = 0; step < losses.length; step++) {
      for (Batch batch : new Dataset(x, y).batches(4)) {
        Tensor loss = Losses.meanSquaredError(line.forward(batch.x()), batch.y());
        losses[step] = loss.item();
        optimizer.step(loss.backward());
      }
    }
    if (!(losses[losses.length - 1] < losses[0] / 2)) {
      throw new AssertionError("losses " + Arrays.toString(losses));
    }
    return losses;
  }

  private static void draw(double[] losses) throws IOException {
    Path folder = Files.createTempDirectory("consumer");
    for (String name : new String[] {"loss.png", "loss.svg"}) {
      Path file = folder.resolve(name);
      Curves.of("Training", Series.ofSteps("loss", losses)).save(file);
      if (Files.size(file) < 1_000) {
        throw new AssertionError(file + " has " + Files.size(file) + " bytes");
      }
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** Whether a class is from a jar on the path that was asked for, and not from a folder. */
  private static void checkHowLoaded(Class<?> loaded, String path) {
    String place = loaded.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!place.endsWith(".jar") || loaded.getModule().isNamed() != path.equals("modules")) {
      throw new AssertionError(loaded.getModule() + " in " + place);
    }
  }
}
