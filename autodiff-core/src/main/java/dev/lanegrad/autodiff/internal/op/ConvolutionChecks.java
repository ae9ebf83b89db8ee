package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionShape;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.List;
import java.util.Locale;

/** Checks that convolutions, their transposes and their weights' gradients share. */
final class ConvolutionChecks {
  private final String name;
  private final List<Slide> slides;
  private final int groups;

  ConvolutionChecks(String name, List<Slide> slides, int groups) {
    this.name = name;
    this.slides = slides;
    this.groups = groups;
    Slides.check(name, slides);
    if (groups < 1) {
      throw new ShapeException(
          String.format(Locale.ROOT, "%s: %d groups: must be at least 1", name, groups));
    }
  }

  /** Checks a weight [out, in / groups, kernel]. */
  void weight(Shape weight) {
    Slides.dimensions(name, "weight", weight, slides, Slide::kernel);
    if (weight.dim(0) % groups != 0) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: %d channels of weight %s do not make %d equal groups",
              name,
              weight.dim(0),
              weight,
              groups));
    }
  }

  /** Checks an input [batch, in, length] against a weight. */
  void input(Shape input, Shape weight) {
    Slides.dimensions(name, "input", input, slides, Slide::length);
    int taken = weight.dim(1) * groups;
    if (input.dim(1) != taken) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: input %s has %d channels, weight %s in %d groups takes %d x %d = %d",
              name,
              input,
              input.dim(1),
              weight,
              groups,
              groups,
              weight.dim(1),
              taken));
    }
  }

  /** Checks an output [batch, out, positions] against a weight. */
  void output(Shape output, Shape weight) {
    Slides.dimensions(name, "input", output, slides, Slide::positions);
    if (output.dim(1) != weight.dim(0)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: input %s has %d channels, weight %s takes %d",
              name,
              output,
              output.dim(1),
              weight,
              weight.dim(0)));
    }
  }

  /** Checks the bias, if there is one. */
  void bias(List<TensorType> inputs, int channels) {
    if (inputs.size() == 3 && !inputs.get(2).shape().equals(Shape.of(channels))) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: bias %s is not [%d], one number for each channel of the output",
              name,
              inputs.get(2).shape(),
              channels));
    }
  }

  DType dtype(List<TensorType> inputs) {
    if (inputs.size() != 2 && inputs.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: takes an input, a weight and perhaps a bias, %d were given: %s",
              name,
              inputs.size(),
              Checks.describe(inputs)));
    }
    return Checks.floating(name, inputs);
  }

  /** As kernels take it. */
  static ConvolutionShape shape(int batch, Shape weight, List<Slide> slides, int groups) {
    return new ConvolutionShape(
        batch,
        groups,
        weight.dim(1),
        weight.dim(0) / groups,
        Slides.rows(slides),
        Slides.columns(slides));
  }
}
