package dev.lanegrad.examples.guide;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Graphs;
import dev.lanegrad.plots.Heatmap;
import dev.lanegrad.plots.Images;
import dev.lanegrad.plots.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The samples of graphs, networks, tables and images in README and Javadoc. */
final class DrawingSample {
  private DrawingSample() {}

  static GraphView view() {
    Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
    GraphView view =
        GraphView.record(
            Map.of("x", x),
            () -> {
              Tensor f = GraphView.name(x.add(1), "f");
              Tensor g = GraphView.name(f.mul(2), "g");
              return GraphView.name(g.square(), "h");
            });
    view.value("g").item(); // 6
    view.gradient("g").item(); // 12, which is dh/dg
    return view;
  }

  static void graph(Path folder) throws IOException {
    Tensor x = Tensor.scalar(DType.FLOAT64, 2).requiresGrad();
    GraphView view = GraphView.record(Map.of("x", x), () -> x.add(1).mul(2).square());
    Files.writeString(folder.resolve("graph.svg"), Graphs.toSvg(view));
  }

  static void network(Path folder) throws IOException {
    Layer model = new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 10));
    Files.writeString(folder.resolve("model.svg"), Networks.toSvg(model, Shape.of(1, 784)));
  }

  static void confusion(Path folder, double[][] counts) {
    Heatmap.of("Confusion", counts)
        .rows("true class", List.of("cat", "dog"))
        .columns("predicted class", List.of("cat", "dog"))
        .save(folder.resolve("confusion.png"));
  }

  static void filters(Path folder, double[][] outline, double[][] blur) {
    Images.of(
            "Filters", List.of(new Images.Tile("outline", outline), new Images.Tile("blur", blur)))
        .symmetric()
        .save(folder.resolve("filters.png"));
  }
}
