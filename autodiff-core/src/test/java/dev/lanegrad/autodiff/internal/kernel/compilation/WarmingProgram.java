package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks for more vector kernels than the JIT compiles in a while, and ends before they are compiled,
 * in the way that its argument says.
 */
final class WarmingProgram {
  /** What parents wait for: all threads of the library run, and kernels are being compiled. */
  static final String WARMING = "warming: ";

  static final String INTERRUPTED = "interrupted after its step";
  static final int EXIT_CODE = 3;

  private static final int KERNELS = 40;
  private static final int SIZE = 20_000;

  private WarmingProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    Tensor x = Tensor.ones(DType.FLOAT32, SIZE).requiresGrad();
    double sum = step(x);
    System.out.println(WARMING + threads());
    switch (arguments[0]) {
      case "return" -> {}
      case "exit" -> System.exit(EXIT_CODE);
      case "train" -> {
        while (true) {
          step(x);
        }
      }
      case "interrupt" -> interrupt(x, sum);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void interrupt(Tensor x, double sum) throws InterruptedException {
    Thread training =
        new Thread(
            () -> {
              double last = sum;
              while (!Thread.currentThread().isInterrupted() && last == sum) {
                last = step(x);
              }
              System.out.println(last == sum ? INTERRUPTED : "other numbers: " + last);
            });
    training.start();
    Thread.sleep(20);
    training.interrupt();
    training.join();
  }

  /** Sums of many functions, no two of which share a kernel. */
  private static double step(Tensor x) {
    return Autodiff.tidy(
        () -> {
          double sum = 0;
          for (int k = 1; k <= KERNELS; k++) {
            sum += function(k).applyTo(x).sum().backward().of(x).sum().item();
          }
          return sum;
        });
  }

  private static Elementwise function(int length) {
    return Elementwise.of(
        x -> {
          Formula y = x;
          for (int i = 0; i < length; i++) {
            y = i % 2 == 0 ? y.mul(x) : y.add(x);
          }
          return y;
        });
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lanegrad-"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
