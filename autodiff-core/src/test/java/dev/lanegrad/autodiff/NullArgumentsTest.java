package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.check.CheckResult;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.autodiff.check.Mismatch;
import dev.lanegrad.autodiff.formula.Domain;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.Reduction;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import dev.lanegrad.autodiff.internal.program.Program;
import dev.lanegrad.autodiff.internal.program.Template;
import dev.lanegrad.autodiff.internal.program.Value;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import dev.lanegrad.autodiff.op.MatMul;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.Update;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import java.lang.reflect.Executable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An argument that is null is refused by its name before anything is changed. */
class NullArgumentsTest {
  /** What the gate of operations calls, and nobody else. */
  private static final Set<String> OF_OPERATIONS =
      Set.of("infer", "forward", "compute", "saved", "vjp");

  /** What only this library makes: results, and recipes of the table. */
  private static final Set<Class<?>> MADE_INSIDE =
      Set.of(
          Autodiff.ResultAndGradients.class,
          Autodiff.ValueAndGradient.class,
          CheckResult.class,
          Mismatch.class,
          Program.class,
          Value.class,
          Reduction.class,
          Template.class,
          Call.class);

  private static boolean isLeftOut(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    return MADE_INSIDE.stream().anyMatch(made -> made.isAssignableFrom(type))
        || hasTensorsOnly(type)
        || Throwable.class.isAssignableFrom(type)
        || executable.getName().equals("valueOf")
        || (type == ScalarFunction.class && executable.getName().equals("derivative"))
        || (Op.class.isAssignableFrom(type) && OF_OPERATIONS.contains(executable.getName()));
  }

  /** What an operation of several outputs gives, such as {@link Pooling.MaxPooled}. */
  private static boolean hasTensorsOnly(Class<?> type) {
    return type.isRecord()
        && type.getRecordComponents().length > 1
        && Arrays.stream(type.getRecordComponents()).allMatch(c -> c.getType() == Tensor.class);
  }

  /** Whether it takes images [n, channels, height, width] or signals [n, channels, length]. */
  private static boolean isOfWindows(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    return type == Convolutions.class || type == Pooling.class;
  }

  private static List<Object> examples(int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    Tensor x = Tensor.of(0.5).requiresGrad().expand(Shape.of(dims));
    Supplier<Tensor> supplier = () -> x;
    Runnable runnable = () -> {};
    Consumer<ByteBuffer> consumer = bytes -> bytes.position(bytes.limit());
    UnaryOperator<Object> unary = y -> y;
    BinaryOperator<Object> binary = (y, z) -> y;
    Elementwise op = Elementwise.of(Formula.input(0));
    List<Object> examples = new ArrayList<>();
    examples.addAll(List.of(x, DType.FLOAT64, x.shape(), "i", 1, 1.0, Window.UNIT.stride(2)));
    examples.addAll(
        List.of(rank == 4 ? new int[] {1, 1} : new int[] {1}, Parameter.of("weight", x)));
    examples.addAll(List.of(x.sum().backward(), Scopes.current(), new RandomKey(1)));
    examples.addAll(List.of(op, Formula.input(0), Domain.ANY, GradientCheck.of(op)));
    examples.addAll(List.of(Fold.of(Reduction.SUM, new int[0], false), new MatMul()));
    examples.add(new Update(op, List.of(Parameter.of("changed", x))));
    examples.addAll(List.of(supplier, runnable, consumer, unary, binary, new SplittableRandom(1)));
    Tensor leaf = Tensor.of(0.5).requiresGrad();
    GraphView view = GraphView.record(leaf::exp);
    GraphView.Node node = view.nodes().getLast();
    GraphView.Result result = node.result();
    examples.addAll(List.of(view, node, result, result.values(), result.type()));
    examples.addAll(List.of(new GraphView.Input(0, 0), new double[] {1}));
    examples.addAll(List.of(List.of(), Map.of()));
    return examples;
  }

  private static void assertAllNamed(int rank, int least, Predicate<Executable> isLeftOut)
      throws Exception {
    NullCalls calls = new NullCalls(examples(rank), isLeftOut);
    assertEquals("", String.join("\n", calls.faults(ExportedClasses.all(Tensor.class))));
    assertTrue(calls.count() >= least, () -> calls.count() + " calls");
  }

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    assertAllNamed(2, 200, e -> isLeftOut(e) || isOfWindows(e));
  }

  @Test
  void soIsThatOfSignals() throws Exception {
    assertAllNamed(3, 20, e -> isLeftOut(e) || !isOfWindows(e) || e.getName().contains("2d"));
  }

  @Test
  void soIsThatOfImages() throws Exception {
    assertAllNamed(4, 20, e -> isLeftOut(e) || !isOfWindows(e) || !e.getName().contains("2d"));
  }
}
