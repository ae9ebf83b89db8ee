package consumer;

import dev.lanegrad.autodiff.Tensor;
import java.util.Arrays;

/** Differentiates the loss of a logistic regression, as a program of somebody else's would. */
public final class Consumer {
  private static final double[] EXPECTED = {-0.042067574785, -0.294473023496};

  private Consumer() {}

  public static void main(String[] args) {
    Tensor w = Tensor.of(0.8, 0.2).requiresGrad();
    Tensor x = Tensor.of(0.1, 0.7);
    Tensor loss = w.mul(x).sum().add(0.1).sigmoid().log().neg();
    double[] gradient = loss.backward().of(w).toDoubleArray();

    for (int i = 0; i < EXPECTED.length; i++) {
      if (!(Math.abs(gradient[i] - EXPECTED[i]) <= 5e-13)) {
        throw new AssertionError(
            "gradient %s, expected %s"
                .formatted(Arrays.toString(gradient), Arrays.toString(EXPECTED)));
      }
    }
    checkHowLoaded(args[0]);
    System.out.println(args[0] + ": " + Arrays.toString(gradient));
  }

  /** Whether the library is a jar on the path that was asked for, and not a folder of classes. */
  private static void checkHowLoaded(String path) {
    String place = Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!place.endsWith(".jar") || Tensor.class.getModule().isNamed() != path.equals("modules")) {
      throw new AssertionError("%s in %s".formatted(Tensor.class.getModule(), place));
    }
  }
}
