package dev.lanegrad.autodiff.internal.kernel.threads;

/** A loop of three parts; prints how many threads it has started. */
final class ThreeParts {
  private ThreeParts() {}

  public static void main(String... arguments) {
    Workers.inParts(3, 100, (_, _, _) -> {});
    System.out.println("workers " + LargeLoops.workers());
  }
}
