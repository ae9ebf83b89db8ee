package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Probes that are timed one after another in every round, so that what else the machine does meets
 * all of them alike.
 *
 * @param probes what is timed
 * @param lines what is said about it
 */
record Row(List<Probe> probes, List<Line> lines) {
  Row {
    probes = List.copyOf(probes);
    lines = List.copyOf(lines);
  }

  /** The row with some of its lines, and no probe that they do not need. */
  Row only(Predicate<String> isWanted) {
    List<Line> wanted = lines.stream().filter(line -> isWanted.test(line.title())).toList();
    TreeSet<Integer> needed = new TreeSet<>();
    for (Line line : wanted) {
      needed.addAll(line.ours());
      needed.addAll(line.others());
    }
    List<Integer> order = new ArrayList<>(needed);
    return new Row(
        order.stream().map(probes::get).toList(),
        wanted.stream().map(line -> line.renumbered(order)).toList());
  }
}
