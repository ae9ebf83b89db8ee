package dev.lanegrad.examples.lectures.graphs;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L3: computational graphs and backpropagation. */
public final class GraphLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L3.1",
              "A computational graph",
              "h(x) = (2(x + 1))^2 at x = 2, forward and backward",
              ComposedSquare::run),
          new Lecture(
              "L3.2",
              "One logistic neuron",
              "its gradients, and one step of gradient descent",
              LogisticNeuron::run),
          new Lecture(
              "L3.3",
              "The 2-2-2 sigmoid network",
              "every number of the pass by hand, and the training after it",
              NetworkByHand::run),
          new Lecture(
              "L3.4",
              "Backpropagation as a recurrence",
              "the deltas by hand against the reverse pass",
              BackpropagationRecurrence::run),
          new Lecture(
              "L3.5",
              "Vectorised form",
              "Z = W X + b for all samples equals the loop over them",
              VectorisedLayer::run),
          new Lecture(
              "L3.6",
              "Each node once",
              "visits of the reverse pass on a deep chain of diamonds",
              VisitedOnce::run));

  private GraphLectures() {}
}
