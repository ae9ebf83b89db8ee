package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.layers.loss.LossClasses;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An argument that is null is refused by its name before anything is changed. */
class NullArgumentsTest {
  /** What methods return. */
  private static final Set<Class<?>> RESULTS =
      Set.of(LSTM.Output.class, MultiheadAttention.Output.class, RecurrentOutput.class);

  private static boolean isLeftOut(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    return RESULTS.contains(type)
        || Throwable.class.isAssignableFrom(type)
        || executable.getName().equals("valueOf");
  }

  private static List<Object> examples() throws ReflectiveOperationException {
    List<Object> examples = new ArrayList<>();
    Tensor x = Tensor.of(Shape.of(1, 1), 0.5);
    UnaryOperator<Object> unary = y -> y;
    examples.addAll(
        List.of(x, DType.FLOAT64, x.shape(), "a", 1, Window.UNIT, Parameter.of("weight", x)));
    TypedLayer.ALL.forEach(row -> examples.add(row.made()));
    examples.addAll(List.of(unary, new SplittableRandom(1), List.of(), Map.of(), new Mode()));
    for (Class<?> loss : LossClasses.all()) {
      examples.add(loss.getConstructor().newInstance());
    }
    examples.addAll(List.of(new RunningMoments(1, DType.FLOAT64), Formula.input(0)));
    examples.addAll(List.of(Initializer.zeros(), RecurrentOptions.DEFAULTS));
    return examples;
  }

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    NullCalls calls = new NullCalls(examples(), NullArgumentsTest::isLeftOut);
    assertEquals("", String.join("\n", calls.faults(ExportedClasses.all(Layer.class))));
    assertTrue(calls.count() > 200, () -> calls.count() + " calls");
  }
}
