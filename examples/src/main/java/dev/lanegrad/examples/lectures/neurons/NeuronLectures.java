package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L1: neurons and linear models. */
public final class NeuronLectures {
  public static final List<Lecture> ALL = List.of();

  private NeuronLectures() {}
}
