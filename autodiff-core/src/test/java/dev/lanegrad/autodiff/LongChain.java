package dev.lanegrad.autodiff;

/** Gradients along a chain of large tensors; prints one. */
final class LongChain {
  static final int LENGTH = 20;
  static final int MEGABYTES = 8;

  private LongChain() {}

  public static void main(String... arguments) {
    Tensor x = Tensor.zeros(DType.FLOAT64, MEGABYTES << 17).requiresGrad();
    double slope =
        Autodiff.tidy(
            () -> {
              Tensor y = x;
              for (int i = 0; i < LENGTH; i++) {
                y = y.tanh();
              }
              return y.sum().backward().of(x).slice(0, 5, 6).item();
            });
    System.out.println("slope " + slope);
  }
}
