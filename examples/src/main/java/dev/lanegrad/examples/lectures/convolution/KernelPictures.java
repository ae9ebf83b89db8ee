package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.plots.Images;
import dev.lanegrad.training.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Kernels of a convolution, and what they find in pictures. */
final class KernelPictures {
  private KernelPictures() {}

  /** Kernels before and after a training: both [kernels, 1, height, width]. */
  static void kernels(Notebook notebook, Tensor before, Tensor after) {
    notebook.text(
        "The learned kernels of the first layer, red to brown for positive weights and blue for"
            + " negative ones. Some answer to edges of one direction, with one sign on one side and"
            + " the other on the other, some to strokes or to ink as such.");
    notebook.picture(
        "The first kernels before the training, random, and after it",
        Images.of(
                "First kernels",
                Stream.concat(
                        Pixels.tiles(before, 0, i -> "before " + (i + 1)).stream(),
                        Pixels.tiles(after, 0, i -> "after " + (i + 1)).stream())
                    .toList())
            .columns(before.shape().dim(0))
            .symmetric());
  }

  /** What a first convolution with its ReLU makes of two pictures. */
  static void maps(Notebook notebook, Layer first, Dataset test) {
    notebook.text(
        "A feature map shows where in the picture a kernel has found what it looks for: the output"
            + " of the first convolution and its ReLU.");
    for (int i = 0; i < 2; i++) {
      Tensor picture = test.x().slice(0, i, i + 1);
      int digit = (int) test.y().select(0, i).item();
      Tensor maps = Autodiff.withoutGradient(() -> first.forward(picture));
      List<Images.Tile> tiles = new ArrayList<>();
      tiles.add(new Images.Tile("digit", Pixels.of(picture.mul(maps.max()))));
      tiles.addAll(Pixels.tiles(maps, 1, k -> "map " + (k + 1)));
      notebook.picture(
          String.format(
              Locale.ROOT,
              "A %d, drawn as light as its lightest map, and what each kernel finds in it",
              digit),
          Images.of("Feature maps", tiles).columns(5));
    }
  }
}
