package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L5: training well, and convolution. */
public final class ConvolutionLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L5.2",
              "Generalisation",
              "nine ways to do better on examples that were not seen, each with its effect",
              Generalisation::run));

  private ConvolutionLectures() {}
}
