package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.settings.Settings;

/** Which kernels do the work in this JVM. Results do not depend on it, only speed does. */
public final class KernelInfo {
  private KernelInfo() {}

  /**
   * {@code vector} where kernels use the Vector API, else {@code scalar}.
   *
   * @throws PropertyException if a system property has a value that it cannot have
   */
  public static String kernels() {
    Settings.check();
    return Lanes.VECTOR ? "vector" : "scalar";
  }

  /**
   * How many elements one vector holds; 1 on scalar kernels.
   *
   * @throws PropertyException if a system property has a value that it cannot have
   */
  public static int lanes(DType dtype) {
    Settings.check();
    return Lanes.count(dtype);
  }
}
