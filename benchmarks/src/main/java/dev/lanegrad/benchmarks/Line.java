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
 * @param allowance nanoseconds that ours may take longer: they are added to the other's time
 * @param target what the ratio is to reach
 */
record Line(
    String name,
    DType dtype,
    String shape,
    int threads,
    List<Integer> ours,
    String against,
    List<Integer> others,
    double scale,
    double allowance,
    Target target) {

  /** Of one probe against another. */
  static Line of(Task task, int threads, int ours, String against, int other) {
    return of(task.name(), task, threads, ours, against, other);
  }

  /** Of one probe against another, by a name of its own. */
  static Line of(String name, Task task, int threads, int ours, String against, int other) {
    return of(name, task.dtype(), task.shape(), threads, List.of(ours), against, List.of(other), 1);
  }

  /** Of several probes, without a target. */
  static Line of(
      String name,
      DType dtype,
      String shape,
      int threads,
      List<Integer> ours,
      String against,
      List<Integer> others,
      double scale) {
    return new Line(name, dtype, shape, threads, ours, against, others, scale, 0, Target.NONE);
  }

  /** The same, with a target. */
  Line wanted(Target wanted) {
    return new Line(name, dtype, shape, threads, ours, against, others, scale, allowance, wanted);
  }

  /** The same, but ours may take so many nanoseconds longer. */
  Line allowing(double nanos) {
    return new Line(name, dtype, shape, threads, ours, against, others, scale, nanos, target);
  }

  /** The same of the probes of another row, which has these of its own in such an order. */
  Line renumbered(List<Integer> order) {
    return new Line(
        name,
        dtype,
        shape,
        threads,
        ours.stream().map(order::indexOf).toList(),
        against,
        others.stream().map(order::indexOf).toList(),
        scale,
        allowance,
        target);
  }

  /** From the times of one round. */
  double ratio(double... nanos) {
    double ratio = scale;
    for (int other : others) {
      ratio *= nanos[other] + allowance;
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
