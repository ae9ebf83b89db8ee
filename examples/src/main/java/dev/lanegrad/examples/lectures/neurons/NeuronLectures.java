package dev.lanegrad.examples.lectures.neurons;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L1: neurons and linear models. */
public final class NeuronLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L1.1",
              "The neuron of McCulloch and Pitts",
              "AND, OR and NOT as single threshold units",
              McCullochPittsNeuron::run),
          new Lecture(
              "L1.2",
              "Rosenblatt's perceptron",
              "it ends on classes that a line separates, and never on XOR",
              PerceptronLearning::run),
          new Lecture(
              "L1.3",
              "The delta rule",
              "least mean squares, example by example, ends at least squares",
              DeltaRuleLearning::run),
          new Lecture(
              "L1.4",
              "Linear regression",
              "gradient descent on the bowl of the mean squared error, in 1-D and n-D",
              LinearRegression::run),
          new Lecture(
              "L1.5",
              "Logistic regression",
              "P(y = 1 | x) = σ(w·x + b) by maximum likelihood",
              LogisticRegression::run),
          new Lecture(
              "L1.6",
              "Multi-class logistic regression",
              "softmax, by batch, stochastic and mini-batch gradient ascent side by side",
              SoftmaxRegression::run),
          new Lecture(
              "L1.7",
              "A linear network stays linear",
              "two linear layers equal one; with a ReLU between them they do not",
              StackedLinearLayers::run),
          new Lecture(
              "L1.8",
              "Representation",
              "two rings in polar coordinates, and in those that a network learns",
              RingsInPolarCoordinates::run));

  private NeuronLectures() {}
}
