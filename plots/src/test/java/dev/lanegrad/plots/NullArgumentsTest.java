package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** An argument that is null is refused by its name before anything is drawn. */
class NullArgumentsTest {
  private static final Series SERIES = Series.ofSteps("a", 1, 2);
  private static final DoubleBinaryOperator FUNCTION = Double::sum;

  private static final BinaryToInt CLASSES = (_, _) -> 0;
  private static final Images.Tile TILE = new Images.Tile("", new double[][] {{1}});
  private static final Layer LAYER = Tensor::relu;

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    List<Object> examples =
        List.of(
            Curves.of("curves", SERIES),
            SERIES,
            new double[] {1},
            Axis.linear("x"),
            new Region(0, 1, 0, 1),
            Contours.of("contours", FUNCTION, new Region(0, 1, 0, 1)),
            FUNCTION,
            new Bars("bars", "", Map.of("a", Map.of("b", 1.0))),
            new Column(List.of(Curves.of("curves", SERIES))),
            Scatter.of("scatter", SERIES),
            Regions.of("regions", CLASSES, new Region(0, 1, 0, 1)),
            CLASSES,
            Heatmap.of("heatmap", new double[][] {{1}}),
            Images.of("images", List.of(TILE)),
            TILE,
            new Images.Shades.Gray(),
            new double[][] {{1}},
            GraphView.record(Tensor.of(1.0).requiresGrad()::exp),
            LAYER,
            Shape.of(1),
            Tensor.of(1.0),
            Map.of(),
            List.of(),
            Path.of("none.svg"),
            "a");
    NullCalls calls =
        new NullCalls(examples, call -> Throwable.class.isAssignableFrom(call.getDeclaringClass()));
    assertEquals(
        "",
        String.join(
            "\n", calls.faults(ExportedClasses.ofPackage("dev.lanegrad.plots", Curves.class))));
    assertTrue(calls.count() > 20, () -> calls.count() + " calls");
  }
}
