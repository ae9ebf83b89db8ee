package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Embedding;
import dev.lanegrad.layers.GRU;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Residual;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.layers.Tanh;
import dev.lanegrad.layers.TransformerEncoderLayer;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Diagrams of networks show every layer with its shape and parameters. */
class NetworksTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** An encoder and a decoder, in no order that a diagram could know. */
  private record Autoencoder(Linear down, Linear up) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return up.apply(down.apply(x).relu());
    }

    @Override
    public List<Child> children() {
      return List.of(new Child("down", down), new Child("up", up));
    }
  }

  private static List<List<String>> labels(Document svg) {
    return Drawn.groups(svg, "layer").stream()
        .map(g -> Drawn.texts(g).stream().map(Element::getTextContent).toList())
        .toList();
  }

  /** Boxes inside of others are wholly there, neighbours are apart, and text is in its box. */
  private static void assertTidy(Document svg) {
    for (Element group : Drawn.groups(svg, "layer")) {
      Rectangle2D box = Drawn.rectangle(group);
      for (Element text : Drawn.texts(group)) {
        if (!text.getTextContent().equals("+")) {
          assertTrue(box.contains(Drawn.extent(text)), text::getTextContent);
        }
      }
      List<Rectangle2D> inside = Drawn.children(group, "g").stream().map(Drawn::rectangle).toList();
      for (int i = 0; i < inside.size(); i++) {
        assertTrue(box.contains(inside.get(i)));
        assertFalse(i > 0 && inside.get(i - 1).intersects(inside.get(i)));
      }
    }
  }

  @Test
  void sequencesAndSkipConnections() {
    Layer block = new Residual(new Sequential(new Linear(8, 8), new Tanh()));
    Layer model = new Sequential(new Linear(4, 8), new ReLU(), block, new Linear(8, 3));
    Document svg = Drawn.parsed(Networks.toSvg(model, Shape.of(5, 4)));
    assertEquals(
        List.of(
            List.of("Sequential", "output [5, 3]", "139 parameters"),
            List.of("0: Linear[in=4, out=8]", "output [5, 8]", "40 parameters"),
            List.of("1: ReLU", "output [5, 8]"),
            List.of("2: Residual", "output [5, 8]", "72 parameters", "+"),
            List.of("block: Sequential", "output [5, 8]", "72 parameters"),
            List.of("0: Linear[in=8, out=8]", "output [5, 8]", "72 parameters"),
            List.of("1: Tanh", "output [5, 8]"),
            List.of("3: Linear[in=8, out=3]", "output [5, 3]", "27 parameters")),
        labels(svg));
    assertEquals(
        "8 layers, 139 parameters", svg.getElementsByTagName("desc").item(0).getTextContent());
    assertTidy(svg);
  }

  @Test
  void layersOfAllKinds() {
    assertEquals(
        List.of(List.of("function", "output [3]")),
        labels(Drawn.parsed(Networks.toSvg(Tensor::relu, Shape.of(3)))));
    Layer own = new Autoencoder(new Linear(4, 2), new Linear(2, 4));
    Document svg = Drawn.parsed(Networks.toSvg(own, Shape.of(1, 4)));
    assertEquals(
        List.of("up: Linear[in=2, out=4]", "output [1, 4]", "12 parameters"),
        labels(svg).getLast());
    assertTidy(svg);
    Layer words =
        new Sequential(new Embedding(10, 8, RANDOM), new TransformerEncoderLayer(8, 2, 16, RANDOM));
    Document transformer = Drawn.parsed(Networks.toSvg(words, Shape.of(2, 5)));
    assertTrue(labels(transformer).toString().contains("MultiheadAttention"));
    assertTidy(transformer);
    assertTidy(Drawn.parsed(Networks.toSvg(new GRU(3, 5, RANDOM), Shape.of(7, 2, 3))));
  }

  @Test
  void veryManyLayersAreCounted() {
    Layer[] many =
        IntStream.range(0, 500)
            .mapToObj(i -> i % 2 == 0 ? new Linear(2, 2) : new ReLU())
            .toArray(Layer[]::new);
    Document wide = Drawn.parsed(Networks.toSvg(new Sequential(many), Shape.of(1, 2)));
    assertTrue(labels(wide).contains(List.of("… 460 layers left out …")), labels(wide)::toString);
    assertTidy(wide);
    Layer deep = new Linear(2, 2);
    for (int i = 0; i < 200; i++) {
      deep = new Residual(deep);
    }
    Document nested = Drawn.parsed(Networks.toSvg(deep, Shape.of(1, 2)));
    assertTrue(labels(nested).toString().contains("192 layers inside"), labels(nested)::toString);
    assertTidy(nested);
  }

  @Test
  void aShapeThatTheLayerDoesNotTakeIsRefusedByIt() {
    Layer model = new Linear(4, 2);
    String own = assertThrows(ShapeException.class, () -> model.summary(1, 5)).getMessage();
    assertEquals(
        own,
        assertThrows(ShapeException.class, () -> Networks.toSvg(model, Shape.of(1, 5)))
            .getMessage());
  }
}
