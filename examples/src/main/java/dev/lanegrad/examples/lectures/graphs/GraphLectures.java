package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L3: computational graphs and backpropagation. */
public final class GraphLectures {
  public static final List<Lecture> ALL = List.of();

  private GraphLectures() {}
}
