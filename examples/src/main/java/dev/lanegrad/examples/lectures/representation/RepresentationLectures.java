package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L4: what networks can represent. */
public final class RepresentationLectures {
  public static final List<Lecture> ALL = List.of();

  private RepresentationLectures() {}
}
