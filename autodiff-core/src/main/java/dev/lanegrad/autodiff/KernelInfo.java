package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;
import dev.lanegrad.autodiff.internal.kernel.compilation.SlowKernels;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.util.List;

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

  /**
   * Vector kernels that the JVM has not made fast in the time that {@code lanegrad.warmup.patience}
   * allows, or that it refused, each by what it computes: their scalar loops are in use, with the
   * same results, up to twenty times slower. Empty where all is well, and on scalar kernels.
   */
  public static List<String> slowKernels() {
    return SlowKernels.names();
  }
}
