package dev.lanegrad.examples.lectures;

import dev.lanegrad.examples.lectures.convolution.ConvolutionLectures;
import dev.lanegrad.examples.lectures.descent.DescentLectures;
import dev.lanegrad.examples.lectures.graphs.GraphLectures;
import dev.lanegrad.examples.lectures.neurons.NeuronLectures;
import dev.lanegrad.examples.lectures.representation.RepresentationLectures;
import java.util.List;
import java.util.Optional;

/** All lectures in their order. */
public final class Lectures {
  private static final List<Part> PARTS =
      List.of(
          new Part("L1", "Neurons and linear models", NeuronLectures.ALL),
          new Part("L2", "Activations, losses, descent", DescentLectures.ALL),
          new Part("L3", "Computational graphs and backpropagation", GraphLectures.ALL),
          new Part("L4", "What networks can represent", RepresentationLectures.ALL),
          new Part("L5", "Training well, and convolution", ConvolutionLectures.ALL));

  private Lectures() {}

  public static List<Part> parts() {
    return PARTS;
  }

  public static List<Lecture> all() {
    return PARTS.stream().flatMap(part -> part.lectures().stream()).toList();
  }

  /** The one of an id, such as {@code L3.3}, in capitals or not. */
  public static Optional<Lecture> find(String id) {
    return all().stream().filter(lecture -> lecture.id().equalsIgnoreCase(id)).findFirst();
  }
}
