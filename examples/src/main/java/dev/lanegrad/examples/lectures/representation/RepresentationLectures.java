package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L4: what networks can represent. */
public final class RepresentationLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L4.1",
              "Boolean functions",
              "AND, OR, XOR and any truth table with threshold units",
              BooleanFunctions::run),
          new Lecture(
              "L4.2",
              "Parity",
              "2^(N-1) hidden units in one layer, 3(N - 1) units in a deep network",
              Parity::run),
          new Lecture(
              "L4.3",
              "Decision regions",
              "half planes, polygons, their unions, and a union with one hidden layer",
              DecisionRegions::run),
          new Lecture(
              "L4.4",
              "Square pulses",
              "three threshold units make a pulse, and pulses make any function",
              SquarePulses::run),
          new Lecture(
              "L4.5",
              "Shallow ReLU network",
              "10 parameters, three joints; activation patterns, several inputs and outputs",
              ShallowNetwork::run),
          new Lecture(
              "L4.6",
              "Universal approximation",
              "the error of one hidden layer falls with its width",
              UniversalApproximation::run),
          new Lecture(
              "L4.7",
              "Deep ReLU networks",
              "how many linear regions, at most and in random networks",
              LinearRegions::run),
          new Lecture(
              "L4.8",
              "Linear algebra of a layer",
              "a matrix as rotation, scaling, rotation; a network warps the plane",
              MatrixAsMotion::run),
          new Lecture(
              "L4.9",
              "Depth against width",
              "four networks of one size fit random labels; deeper ones need fewer epochs",
              DepthAgainstWidth::run));

  private RepresentationLectures() {}
}
