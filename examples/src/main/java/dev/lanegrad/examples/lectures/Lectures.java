package dev.lanegrad.examples.lectures;

import dev.lanegrad.examples.lectures.convolution.ConvolutionLectures;
import dev.lanegrad.examples.lectures.descent.DescentLectures;
import dev.lanegrad.examples.lectures.graphs.GraphLectures;
import dev.lanegrad.examples.lectures.neurons.NeuronLectures;
import dev.lanegrad.examples.lectures.representation.RepresentationLectures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All lectures in their order. */
public final class Lectures {
  private Lectures() {}

  public static List<Lecture> all() {
    return Stream.of(
            NeuronLectures.ALL,
            DescentLectures.ALL,
            GraphLectures.ALL,
            RepresentationLectures.ALL,
            ConvolutionLectures.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /** The one of an id, such as {@code L3.3}, in capitals or not. */
  public static Optional<Lecture> find(String id) {
    return all().stream().filter(lecture -> lecture.id().equalsIgnoreCase(id)).findFirst();
  }
}
