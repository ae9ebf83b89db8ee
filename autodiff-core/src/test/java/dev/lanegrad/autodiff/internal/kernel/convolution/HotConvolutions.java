package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.kernel.compilation.Lanes;

/** Convolutions before and after the JIT has compiled their kernels. */
final class HotConvolutions {
  private HotConvolutions() {}

  public static void main(String[] arguments) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      ConvolutionFuzz.hot(dtype);
    }
    System.out.println("bits " + Lanes.BITS + " kernels " + ConvolutionKernels.ready());
  }
}
