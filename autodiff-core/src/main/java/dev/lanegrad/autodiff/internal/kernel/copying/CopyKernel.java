package dev.lanegrad.autodiff.internal.kernel.copying;

/** Copies vectors from listed places to listed places. */
@FunctionalInterface
public interface CopyKernel {
  /**
   * Copies one vector for each entry of the lists, and that several times.
   *
   * @param times how often
   * @param first where places of {@code from} are counted from, each time {@code fromStep} later
   * @param apart from there a second vector is loaded so far behind the first, if the kernel
   *     chooses among the lanes of two
   * @param start where places of {@code to} are counted from, each time {@code toStep} later
   * @param table for each lane which one of the two vectors' lanes it comes from, then for each
   *     lane whether it is stored, see {@link CopyWriter#table}
   */
  void run(
      int times,
      Object from,
      int first,
      int fromStep,
      int apart,
      int[] loads,
      Object to,
      int start,
      int toStep,
      int[] stores,
      Object table);
}
