package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.kernel.Lanes;

/** Which kernels do the work in this JVM. Results do not depend on it, only speed does. */
public final class KernelInfo {
  private KernelInfo() {}

  /** {@code vector} where kernels use the Vector API, else {@code scalar}. */
  public static String kernels() {
    return Lanes.VECTOR ? "vector" : "scalar";
  }

  /** How many elements one vector holds; 1 on scalar kernels. */
  public static int lanes(DType dtype) {
    return Lanes.count(dtype);
  }
}
