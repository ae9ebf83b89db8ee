package dev.lanegrad.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
