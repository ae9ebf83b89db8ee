package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.plots.Heatmap;
import dev.lanegrad.plots.Images;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** A kernel moves over an image: by two loops, and by the library. */
final class ConvolutionByHand {
  private static final double[][] OUTLINE = {{-1, -1, -1}, {-1, 8, -1}, {-1, -1, -1}};
  private static final double[][] BLUR = {
    {1 / 9.0, 1 / 9.0, 1 / 9.0}, {1 / 9.0, 1 / 9.0, 1 / 9.0}, {1 / 9.0, 1 / 9.0, 1 / 9.0}
  };
  private static final double[][] SHARPEN = {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}};

  private ConvolutionByHand() {}

  private static SequencedMap<String, double[][]> kernels() {
    SequencedMap<String, double[][]> kernels = new LinkedHashMap<>();
    kernels.put("outline", OUTLINE);
    kernels.put("blur", BLUR);
    kernels.put("sharpen", SHARPEN);
    return kernels;
  }

  /** The kernel at every place where it fits: [h, w] and [k, k] give [h - k + 1, w - k + 1]. */
  private static double[][] convolve(double[][] image, double[][] kernel) {
    int k = kernel.length;
    double[][] result = new double[image.length - k + 1][image[0].length - k + 1];
    for (int row = 0; row < result.length; row++) {
      for (int column = 0; column < result[row].length; column++) {
        for (int i = 0; i < k * k; i++) {
          result[row][column] += kernel[i / k][i % k] * image[row + i / k][column + i % k];
        }
      }
    }
    return result;
  }

  /** The same by the library, which takes a batch of images and several kernels. */
  static Tensor convolve(double[][] image, double[][] kernel, Window window) {
    return Convolutions.conv2d(batch(image), batch(kernel), null, window);
  }

  /** [h, w] as [1, 1, h, w]. */
  static Tensor batch(double[][] rows) {
    return Tensor.of(new double[][][] {rows}).unsqueeze(0);
  }

  static void run(Notebook notebook) {
    seven(notebook);
    image(notebook);
    Channels.run(notebook, kernels());
  }

  private static void seven(Notebook notebook) {
    notebook.text(
        "A kernel of 3 x 3 weights lies on the input; each weight is multiplied by what is under"
            + " it, and the sum is one output. Then it moves on by a pixel. On an input of 7 x 7 it"
            + " fits at 7 - 3 + 1 = 5 places in each direction: y[r, c] = Σ k[i, j] x[r + i, c +"
            + " j]. With a frame of zeros of width p around the input, and steps of s pixels, there"
            + " are ⌊(7 + 2 p - 3) / s⌋ + 1 of them.");
    Tensor input = Tensor.normal(new SplittableRandom(1), DType.FLOAT64, 7, 7);
    double[][] rows = Pixels.of(input);
    double[][] byHand = convolve(rows, OUTLINE);
    Tensor byLibrary = convolve(rows, OUTLINE, Window.UNIT);
    notebook.number("rows of the output of a 3x3 kernel on 7x7", "5", byLibrary.shape().dim(-2));
    notebook.number("columns of it", "5", byLibrary.shape().dim(-1));
    notebook.number(
        "rows with a frame of one zero",
        convolve(rows, OUTLINE, Window.UNIT.padding(1)).shape().dim(-2));
    notebook.number(
        "rows with steps of two", convolve(rows, OUTLINE, Window.UNIT.stride(2)).shape().dim(-2));
    double difference = Difference.largest(batch(byHand), byLibrary);
    notebook.claim("two loops and the library agree to 1e-12", difference <= 1e-12);
    notebook.picture("The input of 7 x 7, random numbers", Heatmap.of("Input", rounded(rows)));
    notebook.picture(
        "The output of the outline kernel, 5 x 5", Heatmap.of("Output", rounded(byHand)));
  }

  private static double[][] rounded(double[][] rows) {
    return Pixels.of(Tensor.of(rows).mul(10).round().div(10));
  }

  private static void image(Notebook notebook) {
    notebook.text(
        "What a kernel does is in its weights. Those of the outline kernel sum to 0: where the"
            + " image is even it gives 0, and at an edge it does not. Those of blur sum to 1 and"
            + " are all 1/9: each pixel becomes the mean of its surroundings. Those of sharpen sum"
            + " to 1 too, but take the surroundings away: an edge becomes a higher step.");
    double[][] drawing = Drawing.shapes();
    List<Double> contrasts = new ArrayList<>();
    for (Map.Entry<String, double[][]> kernel : kernels().entrySet()) {
      String name = kernel.getKey();
      double[][] filtered = Pixels.of(convolve(drawing, kernel.getValue(), Window.UNIT));
      notebook.number("sum of the weights of " + name, Tensor.of(kernel.getValue()).sum().item());
      double[][] even = Pixels.of(Tensor.full(DType.FLOAT64, 0.5, 7, 7));
      notebook.number(
          "what " + name + " makes of an even 0.5", convolve(even, kernel.getValue())[2][2]);
      contrasts.add(Tensor.of(filtered).var().item());
      notebook.number("variance after " + name, contrasts.getLast());
      notebook.picture(
          "The image, and what " + name + " makes of it",
          Images.of(
                  name,
                  List.of(new Images.Tile("before", drawing), new Images.Tile("after", filtered)))
              .columns(2)
              .range(0, 1));
    }
    double before = batch(drawing).slice(2, 1, -1).slice(3, 1, -1).var().item();
    notebook.number("variance of the image", before);
    notebook.claim(
        "blur takes contrast away, sharpen adds some",
        contrasts.get(1) < before && before < contrasts.get(2));
  }
}
