package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateDictTest {
  private static Sequential model(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Sequential(
        new Conv1d(1, 3, 3, random),
        new BatchNorm1d(3),
        new ReLU(),
        new Dropout(0.5, random),
        new Flatten(),
        new Linear(18, 2, random));
  }

  private static final Tensor X = Tensor.normal(new SplittableRandom(3), DType.FLOAT32, 4, 1, 8);

  @Test
  void hasParametersThenBuffersByTheirPaths() {
    assertEquals(
        List.of(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "5.weight",
            "5.bias",
            "1.running_mean",
            "1.running_var",
            "3.key"),
        List.copyOf(model(1).stateDict().keySet()));
  }

  @Test
  void aFreshModelWithTheStateGivesTheSameBits() {
    Layer saved = model(1);
    saved.forward(X);
    Map<String, Tensor> state = saved.stateDict();
    Layer loaded = model(2);
    loaded.loadStateDict(state);

    assertArrayEquals(saved.forward(X).toFloatArray(), loaded.forward(X).toFloatArray());
    assertArrayEquals(saved.forward(X).toFloatArray(), loaded.forward(X).toFloatArray());
    saved.eval();
    loaded.eval();
    assertArrayEquals(saved.forward(X).toFloatArray(), loaded.forward(X).toFloatArray());
  }

  @Test
  void isACopy() {
    Layer model = model(1);
    Map<String, Tensor> state = model.stateDict();
    float[] before = state.get("0.bias").toFloatArray();
    model.parameters().get(1).assign(Tensor.zeros(DType.FLOAT32, 3));

    assertArrayEquals(before, state.get("0.bias").toFloatArray());
  }

  @Test
  void aMismatchListsEverythingAtOnceAndChangesNothing() {
    Layer model = model(1);
    Map<String, Tensor> before = model.stateDict();
    Map<String, Tensor> state = new LinkedHashMap<>(model(2).stateDict());
    state.remove("1.bias");
    state.remove("3.key");
    state.put("6.weight", Tensor.of(1f));
    state.put("extra", Tensor.of(1f));
    state.put("5.weight", Tensor.zeros(DType.FLOAT32, 18, 2));
    state.put("0.bias", Tensor.zeros(DType.FLOAT32, 4));

    StateDictException error =
        assertThrows(StateDictException.class, () -> model.loadStateDict(state));
    assertEquals(
        """
        loadStateDict: the state does not fit the layer
          missing: 1.bias, 3.key
          unexpected: 6.weight, extra
          wrong shape: 0.bias is [3], not [4], 5.weight is [2, 18], not [18, 2]\
        """,
        error.getMessage());
    model
        .stateDict()
        .forEach(
            (path, tensor) ->
                assertArrayEquals(before.get(path).toDoubleArray(), tensor.toDoubleArray(), path));
  }

  @Test
  void whatIsThereCanBeLoadedAlone() {
    Layer model = model(1);
    Map<String, Tensor> state = new LinkedHashMap<>(model(2).stateDict());
    state.remove("1.bias");
    state.put("extra", Tensor.of(1f));
    StateMismatch mismatch = model.loadStateDict(state, false);

    assertEquals(new StateMismatch(List.of("1.bias"), List.of("extra")), mismatch);
    assertArrayEquals(
        state.get("0.weight").toFloatArray(), model.stateDict().get("0.weight").toFloatArray());
    assertTrue(model.loadStateDict(model.stateDict(), false).isEmpty());
    state.put("0.bias", Tensor.of(1f));
    assertThrows(StateDictException.class, () -> model.loadStateDict(state, false));
  }

  @Test
  void numbersOfAnotherDtypeAreRounded() {
    Linear model = new Linear(1, 1, new SplittableRandom(1));
    model.loadStateDict(
        Map.of("weight", Tensor.of(new double[][] {{0.1}}), "bias", Tensor.of(0.2)));

    assertEquals(0.1f, model.weight().tensor().item());
    assertEquals(DType.FLOAT32, model.bias().dtype());
  }

  @Test
  void aBufferAndAParameterOfOnePathAreRefused() {
    Layer model =
        new Layer() {
          private final Parameter parameter = Parameter.of("x", Tensor.of(1.0));
          private final Parameter buffer = Parameter.buffer("x", Tensor.of(1.0));

          @Override
          public Tensor forward(Tensor x) {
            return x.mul(parameter.tensor()).add(buffer.tensor());
          }

          @Override
          public List<Parameter> ownParameters() {
            return List.of(parameter);
          }

          @Override
          public List<Parameter> ownBuffers() {
            return List.of(buffer);
          }
        };

    assertThrows(IllegalStateException.class, model::stateDict);
  }
}
