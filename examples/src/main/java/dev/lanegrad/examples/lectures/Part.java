package dev.lanegrad.examples.lectures;

import java.util.List;

/**
 * A part of the lectures.
 *
 * @param id such as {@code L3}
 * @param title such as {@code Computational graphs and backpropagation}
 * @param lectures its systems, in their order
 */
public record Part(String id, String title, List<Lecture> lectures) {
  /** Keeps a copy of the list. */
  public Part {
    lectures = List.copyOf(lectures);
  }
}
