package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.examples.lectures.Lecture;
import java.util.List;

/** L5: training well, and convolution. */
public final class ConvolutionLectures {
  public static final List<Lecture> ALL =
      List.of(
          new Lecture(
              "L5.1",
              "The training loop",
              "epochs, mini-batches, shuffling and validation, by hand and by a trainer",
              TrainingLoop::run),
          new Lecture(
              "L5.2",
              "Generalisation",
              "nine ways to do better on examples that were not seen, each with its effect",
              Generalisation::run),
          new Lecture(
              "L5.3",
              "Convolution by hand",
              "a kernel moves over an image: outline, blur, sharpen, 1x1, several kernels",
              ConvolutionByHand::run),
          new Lecture(
              "L5.4",
              "Shift invariance",
              "tested at positions that were not trained on, a CNN holds and an MLP does not",
              ShiftInvariance::run),
          new Lecture(
              "L5.5",
              "A small CNN",
              "learned kernels and feature maps as pictures",
              LearnedKernels::run),
          new Lecture(
              "L5.6",
              "The architectures",
              "fully connected, convolutional, recurrent, transformer on one task",
              Architectures::run),
          new Lecture(
              "L5.7",
              "MNIST-1D, the published table",
              "four models with the positions in order and shuffled",
              PublishedTable::run));

  private ConvolutionLectures() {}
}
