package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Layers that are nested deep, list themselves, list nothing at all or return nothing. */
class LayerListsTest {
  private static final int DEPTH = 3_000;
  private static final Tensor X = Tensor.of(new float[][] {{1, 2}});

  /** A layer whose children can be changed. */
  private static final class Open implements Layer {
    private final List<Child> children = new ArrayList<>();

    @Override
    public Tensor forward(Tensor x) {
      return x;
    }

    @Override
    public List<Child> children() {
      return children;
    }
  }

  private static String refused(
      Class<? extends RuntimeException> type, Layer layer, Consumer<Layer> call) {
    return assertThrows(type, () -> call.accept(layer)).getMessage();
  }

  @Test
  void deepSequencesAreListedAndRun() {
    Linear linear = new Linear(2, 2, new SplittableRandom(1));
    Layer deep = linear;
    for (int i = 0; i < DEPTH; i++) {
      deep = new Sequential(deep);
    }
    String path = "0.".repeat(DEPTH);
    assertEquals(
        List.of(path + "weight", path + "bias"), List.copyOf(deep.namedParameters().keySet()));
    assertEquals(6, deep.parameterCount());
    assertEquals(2, deep.stateDict().size());
    assertEquals(DEPTH + 1, deep.tree().lines().count());
    assertEquals(DEPTH + 3, deep.summary(1, 2).lines().count());
    deep.eval();
    deep.freeze();
    assertFalse(linear.weight().isTrainable());
    assertEquals(linear.forward(X).toString(), deep.forward(X).toString());
    assertEquals(linear.forward(X).toString(), deep.apply(X).toString());
  }

  /** By turns 1 + c / 2 and 1 + c times the input, which ends at 4 times. */
  @Test
  void deepSkipConnectionsRunWithoutTheThreadsStack() throws InterruptedException {
    Layer half = x -> x.mul(0.5);
    Layer nested = half;
    for (int i = 0; i < 20 * DEPTH; i++) {
      nested = new Residual(i % 2 == 0 ? new Sequential(half, nested) : nested);
    }
    Layer deep = nested;
    AtomicReference<Tensor> output = new AtomicReference<>();
    Thread thread = new Thread(null, () -> output.set(deep.forward(X)), "small", 1 << 17);
    thread.start();
    thread.join();
    assertEquals(Tensor.of(new float[][] {{4, 8}}).toString(), String.valueOf(output.get()));
  }

  /** 2^60 places would be too many, one layer in all of them is not. */
  @Test
  void whatIsListedOftenIsLookedAtOnce() {
    Layer shared = new Linear(2, 2, new SplittableRandom(1));
    for (int i = 0; i < 60; i++) {
      Open twice = new Open();
      twice.children.add(new Layer.Child("a", shared));
      twice.children.add(new Layer.Child("b", shared));
      shared = twice;
    }
    assertEquals(6, shared.parameterCount());
    assertEquals("a.".repeat(60) + "weight", shared.namedParameters().firstEntry().getKey());
    shared.eval();
  }

  @Test
  void aLayerInsideOfItselfIsRefused() {
    Open loop = new Open();
    loop.children.add(new Layer.Child("body", new Residual(loop)));
    List<Consumer<Layer>> calls =
        List.of(
            Layer::parameters,
            Layer::namedBuffers,
            Layer::parameterCount,
            Layer::eval,
            Layer::freeze,
            Layer::stateDict,
            Layer::tree,
            layer -> layer.summary(X));
    for (Consumer<Layer> call : calls) {
      assertEquals(
          "layer: \"body.block\" is a Open that is inside of itself: leave it out of its own"
              + " children",
          refused(IllegalStateException.class, loop, call));
    }
  }

  @Test
  void whatIsNullInsideIsRefused() {
    Open open = new Open();
    open.children.add(null);
    assertEquals(
        "Open: children()[0] is null", refused(NullPointerException.class, open, Layer::tree));
    Layer noParameter =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            return x;
          }

          @Override
          public List<Parameter> ownParameters() {
            return Arrays.asList(Parameter.of("weight", X), null);
          }

          @Override
          public List<Parameter> ownBuffers() {
            return null;
          }
        };
    assertEquals(
        "function: ownParameters()[1] is null",
        refused(NullPointerException.class, noParameter, Layer::parameters));
    assertEquals(
        "function: ownBuffers() is null",
        refused(NullPointerException.class, noParameter, Layer::namedBuffers));
  }

  /** A layer that forgets to return something. */
  private record Nothing() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return null;
    }
  }

  @Test
  void aLayerThatReturnsNullIsNamed() {
    List<Layer> around =
        List.of(
            new Sequential(new Tanh(), new Nothing()),
            new Sequential(new Nothing(), new Tanh()),
            new Sequential(new Sequential(new Nothing())),
            new Residual(new Nothing()));
    for (Layer layer : around) {
      assertEquals(
          "Nothing: forward returned null",
          refused(NullPointerException.class, layer, l -> l.forward(X)));
    }
    assertEquals(
        "function: forward returned null",
        refused(NullPointerException.class, new Sequential((Layer) x -> null), l -> l.forward(X)));
    assertEquals(
        "Nothing: forward returned null",
        refused(NullPointerException.class, new Nothing(), l -> l.summary(X)));
    assertEquals(
        "lambda: the function of Lambda[none] returned null",
        refused(NullPointerException.class, new Lambda("none", x -> null), l -> l.forward(X)));
    assertEquals(
        "activation none: the function returned null",
        assertThrows(NullPointerException.class, () -> Activation.of("none", v -> null))
            .getMessage());
    Initializer nothing = (random, dtype, shape) -> null;
    assertEquals(
        "fill: the initializer returned null",
        assertThrows(
                NullPointerException.class,
                () -> nothing.fill(Parameter.of("weight", X), new SplittableRandom(1)))
            .getMessage());
  }

  @Test
  void anEmptySequenceGivesItsInput() {
    assertEquals(X.toString(), new Sequential().forward(X).toString());
    assertEquals(X.toString(), new Sequential(new Sequential()).forward(X).toString());
  }

  /** What a user's layer holds that nobody else sees. */
  private record Scale(Tensor factor) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(factor);
    }
  }

  private static void assertWarns(boolean expected, Supplier<String> summary) {
    assertEquals(
        expected,
        summary
            .get()
            .contains("float32[2] requires a gradient and is no parameter, so that no optimizer"),
        summary);
  }

  @Test
  void aTrackedTensorThatIsNoParameterIsSaid() {
    Linear linear = new Linear(2, 2);
    Tensor tracked = Tensor.of(1F, 2).requiresGrad();
    assertWarns(true, () -> new Scale(tracked).summary(1, 2));
    assertWarns(true, () -> new Sequential(linear, new Scale(tracked)).summary(1, 2));
    UnaryOperator<Tensor> function = x -> x.mul(tracked);
    assertWarns(true, () -> new Sequential(new Lambda("scaled", function), linear).summary(X));
    assertWarns(false, () -> new Sequential(linear, new Scale(tracked.detach())).summary(1, 2));
    assertWarns(false, () -> linear.summary(X.requiresGrad()));
    linear.freeze();
    assertWarns(false, () -> linear.summary(1, 2));
  }

  @Test
  void summariesTakeInts() {
    Sequential model = new Sequential(new Embedding(5, 3, new SplittableRandom(1)), new Flatten());
    String expected = model.summary(Tensor.ofInts(0, 0, 0, 0).reshape(2, 2));
    assertTrue(expected.contains("[2, 2, 3]") && expected.contains("[2, 6]"), expected);
    assertEquals(expected, model.summary(DType.INT32, 2, 2));
    assertTrue(
        assertThrows(RuntimeException.class, () -> model.summary(2, 2))
            .getMessage()
            .contains("summary(DType.INT32, ..)"));
  }
}
