package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.examples.lectures.Difference;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Conv2d;
import dev.lanegrad.plots.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Several kernels in a layer, several channels in an image, and kernels of 1 x 1. */
final class Channels {
  private Channels() {}

  static void run(Notebook notebook, SequencedMap<String, double[][]> kernels) {
    several(notebook, kernels);
    oneByOne(notebook);
  }

  private static void several(Notebook notebook, SequencedMap<String, double[][]> kernels) {
    notebook.text(
        "A layer has several kernels, each of which gives an output channel of its own; and a"
            + " kernel has weights for every input channel, so that it is a block: a layer from c"
            + " to d channels with k x k kernels has d c k k weights and d biases.");
    Tensor all = Tensor.concat(0, kernels.values().stream().map(ConvolutionByHand::batch).toList());
    double[][] drawing = Drawing.shapes();
    Tensor together = Convolutions.conv2d(ConvolutionByHand.batch(drawing), all, null, Window.UNIT);
    List<Tensor> alone =
        kernels.values().stream()
            .map(k -> ConvolutionByHand.convolve(drawing, k, Window.UNIT))
            .toList();
    notebook.number("output channels of a layer of the three kernels", together.shape().dim(1));
    notebook.claim(
        "each of them is what its kernel gives alone",
        Difference.largest(together, Tensor.concat(1, alone)) == 0);
    notebook.number(
        "parameters of a layer from 3 to 8 channels with 3x3 kernels",
        (double) new Conv2d(3, 8, 3, new SplittableRandom(1)).parameterCount());
  }

  private static void oneByOne(Notebook notebook) {
    notebook.text(
        "A kernel of 1 x 1 looks at one pixel and mixes its channels: it is the same linear layer"
            + " at every pixel. The weights 0.299, 0.587 and 0.114 make grey of red, green and"
            + " blue.");
    Tensor colours = Drawing.colours();
    Tensor grey = Tensor.of(0.299, 0.587, 0.114).reshape(1, 3, 1, 1);
    Tensor mixed = Convolutions.conv2d(colours, grey, null, Window.UNIT);
    Tensor perPixel = colours.permute(0, 2, 3, 1).matmul(grey.reshape(3, 1)).permute(0, 3, 1, 2);
    notebook.claim(
        "a 1x1 convolution is one linear layer at every pixel, to 1e-12",
        Difference.largest(mixed, perPixel) <= 1e-12);
    notebook.claim(
        "it keeps height and width",
        mixed.shape().dim(2) == colours.shape().dim(2)
            && mixed.shape().dim(3) == colours.shape().dim(3));
    List<Images.Tile> tiles = new ArrayList<>();
    tiles.addAll(Pixels.tiles(colours, 1, List.of("red", "green", "blue")::get));
    tiles.add(new Images.Tile("1x1 convolution", Pixels.of(mixed)));
    notebook.picture(
        "Three channels, and the grey that a 1x1 convolution makes of them",
        Images.of("1x1 convolution", tiles).columns(2).range(0, 1));
  }
}
