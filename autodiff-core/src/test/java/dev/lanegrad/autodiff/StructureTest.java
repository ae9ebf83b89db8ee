package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.Autodiff.ResultAndGradients;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Results and arguments that hold tensors: all that leaves a scope can be differentiated by. */
class StructureTest {
  private record Weights(Tensor w, @Nullable Tensor bias, String name) {}

  private record Pair<A, B>(A first, B second) {}

  private record Run(Tensor loss, Tensor predictions, double seconds) {}

  /** A class that is no record. */
  private static final class Model implements TensorStructure<Model> {
    private final Tensor weight;

    Model(Tensor weight) {
      this.weight = weight;
    }

    @Override
    public List<Tensor> tensors() {
      return List.of(weight);
    }

    @Override
    public Model with(List<Tensor> tensors) {
      return new Model(tensors.getFirst());
    }
  }

  /** Structures of two tensors, and how these are found again. */
  private static final Map<String, Shaped<?>> SHAPES = new LinkedHashMap<>();

  private record Shaped<S>(Function<List<Tensor>, S> of, Function<S, List<Tensor>> inside) {
    S make(List<Tensor> tensors) {
      return of.apply(tensors);
    }
  }

  static {
    add("list", t -> List.of(t.get(0), t.get(1)), s -> s);
    add("array list", t -> new ArrayList<>(t), s -> s);
    add(
        "list with null",
        t -> Arrays.asList(t.get(0), null, t.get(1)),
        s -> List.of(s.get(0), s.get(2)));
    add("array", t -> t.toArray(Tensor[]::new), s -> List.of(s));
    add(
        "array of arrays",
        t -> new Tensor[][] {{t.get(0)}, {}, {t.get(1)}},
        s -> List.of(s[0][0], s[2][0]));
    add("map", t -> Map.of("a", t.get(0), "b", t.get(1)), s -> List.of(s.get("a"), s.get("b")));
    add(
        "sorted map",
        t -> new TreeMap<>(Map.of("a", t.get(0), "b", t.get(1))),
        s -> List.copyOf(s.values()));
    add(
        "set",
        t -> Collections.unmodifiableSet(new java.util.LinkedHashSet<>(t)),
        s -> List.copyOf(s));
    add("optional", t -> Optional.of(List.of(t.get(0), t.get(1))), s -> s.orElseThrow());
    add("entry", t -> Map.entry("a", List.copyOf(t)), s -> s.getValue());
    add(
        "record",
        t -> new Weights(t.get(0), t.get(1), "name"),
        s -> List.of(s.w, java.util.Objects.requireNonNull(s.bias)));
    add(
        "records in one another",
        t -> new Pair<>(new Weights(t.get(0), null, "name"), Optional.of(new Pair<>(3, t.get(1)))),
        s -> List.of(s.first.w, s.second.orElseThrow().second));
    add(
        "a class of one's own",
        t -> List.of(new Model(t.get(0)), new Model(t.get(1))),
        s -> List.of(s.get(0).weight, s.get(1).weight));
    add(
        "the library's records",
        t ->
            new Pair<>(
                new LinearAlgebra.Svd(t.get(0), t.get(0), t.get(0)),
                new Autodiff.ValueAndGradient(t.get(1), t.get(1))),
        s -> List.of(s.first.v(), s.second.gradient()));
  }

  private static <S> void add(
      String name, Function<List<Tensor>, S> of, Function<S, List<Tensor>> inside) {
    SHAPES.put(name, new Shaped<>(of, inside));
  }

  @TestFactory
  Stream<DynamicTest> everyStructureLeavesAScope() {
    return SHAPES.entrySet().stream()
        .map(shape -> dynamicTest(shape.getKey(), () -> assertLeaves(shape.getValue())));
  }

  private static <S> void assertLeaves(Shaped<S> shape) {
    Tensor x = Tensor.of(1.0, 2.0, 3.0);
    S kept = Autodiff.tidy(() -> shape.make(List.of(x.mul(2), x.mul(3))));
    Autodiff.tidy(() -> List.of(x.mul(7), x.mul(8), x.mul(9)).size());
    List<Tensor> inside = shape.inside.apply(kept);
    assertArrayEquals(new double[] {2, 4, 6}, inside.get(0).toDoubleArray());
    assertArrayEquals(new double[] {3, 6, 9}, inside.get(1).toDoubleArray());
  }

  @TestFactory
  Stream<DynamicTest> everyStructureIsDifferentiatedBy() {
    return SHAPES.entrySet().stream()
        .filter(shape -> !shape.getKey().startsWith("the library's"))
        .map(shape -> dynamicTest(shape.getKey(), () -> assertDifferentiated(shape.getValue())));
  }

  private static <S> void assertDifferentiated(Shaped<S> shape) {
    S at = shape.make(List.of(Tensor.of(2.0), Tensor.of(5.0)));
    Function<S, Tensor> function =
        s -> {
          List<Tensor> inside = shape.inside.apply(s);
          return inside.get(0).square().mul(inside.get(1)).sum();
        };
    for (S gradients :
        List.of(
            Autodiff.grad(function, at),
            Autodiff.valueAndGrad(function, at).gradients(),
            Autodiff.vjp(function, at, Tensor.scalar(DType.FLOAT64, 1)))) {
      List<Tensor> inside = shape.inside.apply(gradients);
      assertEquals(20, inside.get(0).item());
      assertEquals(4, inside.get(1).item());
    }
  }

  @Test
  void whateverElseIsInAnArgumentStays() {
    Weights at = new Weights(Tensor.of(3.0), null, "name");
    Weights gradients = Autodiff.grad((Weights s) -> s.w.square().sum(), at);

    assertEquals(6, gradients.w.item());
    assertNull(gradients.bias);
    assertEquals("name", gradients.name);
  }

  @Test
  void gradientsOfAStructureAreDifferentiatedAgain() {
    Map<String, Tensor> at = Map.of("w", Tensor.of(2.0), "v", Tensor.of(3.0));
    Map<String, Tensor> second =
        Autodiff.grad(
            (Map<String, Tensor> outer) ->
                Autodiff.grad(
                        (Map<String, Tensor> s) ->
                            s.get("w").square().mul(s.get("v").square()).sum(),
                        outer)
                    .get("w")
                    .sum(),
            at);

    assertEquals(2 * 9, second.get("w").item());
    assertEquals(2 * 2 * 2 * 3, second.get("v").item());
  }

  @Test
  void theOtherResultsOfAFunctionComeWithItsGradients() {
    Tensor x = Tensor.of(1.0, 2.0);
    ResultAndGradients<Run, Weights> at =
        Autodiff.valueAndGrad(
            s -> {
              Tensor predictions = x.mul(s.w);
              return new Run(predictions.square().sum(), predictions, 0.5);
            },
            Run::loss,
            new Weights(Tensor.of(3.0), null, ""));

    assertEquals(45, at.result().loss.item());
    assertArrayEquals(new double[] {3, 6}, at.result().predictions.toDoubleArray());
    assertEquals(0.5, at.result().seconds);
    assertFalse(at.result().loss.isTracked());
    assertFalse(at.result().predictions.isTracked());
    assertEquals(30, at.gradients().w.item());
  }

  @Test
  void otherResultsStayTiedToWhatTheFunctionCaptures() {
    Tensor v = Tensor.of(4.0).requiresGrad();
    Pair<Tensor, Tensor> result =
        Autodiff.valueAndGrad(
                (Tensor w) -> new Pair<>(w.square().sum(), w.mul(v).sum()),
                Pair::first,
                Tensor.of(3.0))
            .result();

    assertFalse(result.first.isTracked());
    assertEquals(3, result.second.backward().of(v).item());
  }

  @Test
  void aResultWithoutTrackedTensorsIsGivenBackAsItIs() {
    Deque<Tensor> constants = new ArrayDeque<>(List.of(Tensor.of(1.0)));
    ResultAndGradients<Pair<Tensor, Deque<Tensor>>, Tensor> at =
        Autodiff.valueAndGrad(w -> new Pair<>(w.sum(), constants), Pair::first, Tensor.of(3.0));

    assertSame(constants, at.result().second);
  }

  @Test
  void otherCollectionsLeaveAScopeButAreNotMadeAgain() {
    Collection<Tensor> kept = Autodiff.tidy(() -> new ArrayDeque<>(List.of(Tensor.of(2.0).neg())));
    Map<Tensor, String> keys =
        Autodiff.tidy(() -> new HashMap<>(Map.of(Tensor.of(2.0).neg(), "minus two")));
    StructureException many =
        assertThrows(
            StructureException.class, () -> Autodiff.grad(s -> s.iterator().next().sum(), kept));
    StructureException key =
        assertThrows(
            StructureException.class,
            () -> Autodiff.grad(s -> s.keySet().iterator().next().sum(), keys));

    assertEquals(-2, kept.iterator().next().item());
    assertEquals(-2, keys.keySet().iterator().next().item());
    assertTrue(many.getMessage().startsWith("a java.util.ArrayDeque cannot be made"));
    assertTrue(key.getMessage().contains("key of a map"));
  }

  @Test
  void gradientsLeaveInsideOfOtherThings() {
    Tensor w = Tensor.of(3.0).requiresGrad();
    Pair<Double, Gradients> kept =
        Autodiff.tidy(
            () -> {
              Tensor loss = w.square().sum();
              return new Pair<>(loss.item(), loss.backward());
            });
    Autodiff.tidy(() -> List.of(w.mul(7), w.mul(8), w.mul(9)).size());

    assertEquals(6, kept.second.of(w).item());
  }

  @Test
  void anArgumentOfParametersIsRefused() {
    Parameter w = Parameter.of("w", Tensor.of(3.0));
    GradientException thrown =
        assertThrows(
            GradientException.class,
            () -> Autodiff.grad(s -> s.getFirst().tensor().sum(), List.of(w)));

    assertTrue(thrown.getMessage().contains("for parameters use backward()"));
    assertEquals(List.of(), Autodiff.grad(s -> Tensor.scalar(DType.FLOAT32, 1), List.of()));
  }

  @Test
  void intsAreNotDifferentiatedBy() {
    assertThrows(
        DTypeException.class,
        () -> Autodiff.grad(s -> s.getFirst().sum(), List.of(Tensor.of(1.0), Tensor.ofInts(1))));
  }

  @Test
  void aRecordThatNobodyCanReadIsRefusedIfItMayHoldTensors() {
    List<Record> records = ClosedModule.records();
    StructureException thrown =
        assertThrows(StructureException.class, () -> Autodiff.tidy(() -> records.getFirst()));

    assertTrue(
        thrown
            .getMessage()
            .contains("Loss may hold tensors, but nothing outside of its module can"),
        thrown.getMessage());
    assertTrue(thrown.getMessage().contains("read its component \"value\""));
    assertTrue(thrown.getMessage().contains("opens dev.lanegrad.autodiff to"));
    assertSame(records.getLast(), Autodiff.tidy(() -> records.getLast()));
  }

  @Test
  void whatARecordsOwnCodeThrowsIsThrown() {
    record Picky(Tensor value) {
      Picky {
        if (value.item() == 6) {
          throw new ArithmeticException("six");
        }
      }
    }
    assertThrows(
        ArithmeticException.class,
        () -> Autodiff.grad((Picky p) -> p.value.square().sum(), new Picky(Tensor.of(3.0))));
    assertEquals(Set.of(), Set.copyOf(Autodiff.tidy(() -> List.of())));
  }
}
