package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.List;
import java.util.Locale;

/**
 * A line of the table of comparisons: how many times as long the other takes.
 *
 * @param name what is compared
 * @param threads on how many
 * @param ours the numbers of the probes that the ratio is divided by; the first one's time is shown
 * @param against what it is compared with
 * @param others the numbers of the probes that are multiplied; the first one's time is shown
 * @param scale a factor of the ratio
 */
record Line(
    String name,
    DType dtype,
    String shape,
    int threads,
    List<Integer> ours,
    String against,
    List<Integer> others,
    double scale) {

  /** Of one probe against another. */
  static Line of(Task task, int threads, int ours, String against, int other) {
    return of(task.name(), task, threads, ours, against, other);
  }

  /** Of one probe against another, by a name of its own. */
  static Line of(String name, Task task, int threads, int ours, String against, int other) {
    return new Line(
        name, task.dtype(), task.shape(), threads, List.of(ours), against, List.of(other), 1);
  }

  /** From the times of one round. */
  double ratio(double... nanos) {
    double ratio = scale;
    for (int other : others) {
      ratio *= nanos[other];
    }
    for (int own : ours) {
      ratio /= nanos[own];
    }
    return ratio;
  }

  /** In one line, as {@code --only} looks at it. */
  String title() {
    return String.format(
        Locale.ROOT, "%s %s %s, threads %d, against %s", name, dtype, shape, threads, against);
  }
}
