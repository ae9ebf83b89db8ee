package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.formula.ScalarFunction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What single layers promise beyond their equations. */
class SpecialCasesTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  /** The functions of the table that are no activations; all others need a layer. */
  private static final Set<ScalarFunction> NO_ACTIVATIONS =
      EnumSet.complementOf(EnumSet.range(ScalarFunction.SIGMOID, ScalarFunction.SOFTSIGN));

  @Test
  void everyActivationOfTheTableIsALayer() {
    Set<ScalarFunction> missing = EnumSet.complementOf(EnumSet.copyOf(NO_ACTIVATIONS));
    missing.addAll(
        List.of(
            ScalarFunction.TANH,
            ScalarFunction.LEAKY_RELU,
            ScalarFunction.ELU,
            ScalarFunction.CELU));
    for (LayerSample<?> sample : ActivationSamples.ALL) {
      if (sample.made(1, true).layer() instanceof Activation activation) {
        missing.remove(((Formula.Apply) activation.formula()).function());
        assertSame(activation.formula(), activation.formula());
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void flattenKeepsTheBatch() {
    Layer flatten = new Flatten();

    assertEquals(Shape.of(2, 60), flatten.forward(Tensor.zeros(DType.FLOAT32, 2, 3, 4, 5)).shape());
    assertEquals(Shape.of(7, 1), flatten.forward(Tensor.zeros(DType.FLOAT32, 7)).shape());
    assertEquals(Shape.of(0, 6), flatten.forward(Tensor.zeros(DType.FLOAT32, 0, 2, 3)).shape());
  }

  @Test
  void paddingOfAnEmbeddingStaysZero() {
    Embedding embedding = new Embedding(3, 2, DType.FLOAT64, RANDOM).padding(1);
    Tensor rows = embedding.forward(Tensor.ofInts(1, 2, 1));

    assertArrayEquals(new double[] {0, 0}, Arrays.copyOf(rows.toDoubleArray(), 2));
    assertArrayEquals(
        new double[] {0, 0, 0, 0, 1, 1},
        rows.sum().backward().of(embedding.weight()).toDoubleArray());
    assertEquals(
        Shape.of(2, 2, 2), embedding.forward(Tensor.ofInts(Shape.of(2, 2), 0, 1, 2, 0)).shape());
  }

  @Test
  void causalAttentionDoesNotLookAhead() {
    MultiheadAttention layer = new MultiheadAttention(4, 2, RANDOM).causal();
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, 1, 5, 4);
    Tensor changed = Tensor.concat(1, List.of(x.slice(1, 0, 3), x.slice(1, 3, 5).neg()));

    assertArrayEquals(
        layer.forward(x).slice(1, 0, 3).toFloatArray(),
        layer.forward(changed).slice(1, 0, 3).toFloatArray());
    float[] weights = layer.attend(x, x, x, null, null).weights().select(1, 0).toFloatArray();
    assertEquals(1, weights[0]);
    assertEquals(0, weights[1]);
  }

  @Test
  void attentionBeginsAsInPyTorch() {
    MultiheadAttention layer = new MultiheadAttention(30, 3, RANDOM);
    var parameters = layer.namedParameters();
    Parameter projection = parameters.get("in_proj_weight");

    assertEquals(
        List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"),
        List.copyOf(parameters.keySet()));
    double largest = projection.tensor().abs().max().item();
    double range = Math.sqrt(6.0 / (30 + 90));
    assertTrue(largest <= range && largest > 0.98 * range, () -> largest + " of " + range);
    assertEquals(0, parameters.get("in_proj_bias").tensor().abs().max().item());
    assertEquals(0, parameters.get("out_proj.bias").tensor().abs().max().item());
  }

  @Test
  void recurrentParametersHaveTheNamesOfPyTorch() {
    RecurrentOptions options = RecurrentOptions.DEFAULTS.withLayers(2).withBothDirections();
    var parameters = new GRU(5, 4, options, RANDOM).namedParameters();

    assertEquals(16, parameters.size());
    assertEquals(Shape.of(12, 5), parameters.get("weight_ih_l0").shape());
    assertEquals(Shape.of(12, 8), parameters.get("weight_ih_l1_reverse").shape());
    assertEquals(Shape.of(12, 4), parameters.get("weight_hh_l1_reverse").shape());
    assertEquals(Shape.of(12), parameters.get("bias_hh_l0_reverse").shape());
    for (Parameter parameter : parameters.values()) {
      assertTrue(parameter.tensor().abs().max().item() <= 0.5, parameter::toString);
    }
    RecurrentOutput output =
        new GRU(5, 4, options, RANDOM).run(Tensor.zeros(DType.FLOAT32, 7, 3, 5));
    assertEquals(Shape.of(7, 3, 8), output.outputs().shape());
    assertEquals(Shape.of(4, 3, 4), output.hidden().shape());
  }

  /** The GRU of the published MNIST-1D table. */
  @Test
  void theGruOfMnist1dHas5134Parameters() {
    RecurrentOptions options = RecurrentOptions.DEFAULTS.withBothDirections().withBatchFirst();
    Layer model =
        new Sequential(
            new Unflatten(1, 40, 1),
            new GRU(1, 6, options, RANDOM),
            new Flatten(),
            new Linear(480, 10, RANDOM));

    assertEquals(5_134, model.parameterCount());
    assertEquals(Shape.of(2, 10), model.forward(Tensor.zeros(DType.FLOAT32, 2, 40)).shape());
  }

  /** The CNN of the published MNIST-1D table. */
  @Test
  void theCnnOfMnist1dHas5210Parameters() {
    Layer model =
        new Sequential(
            new Unflatten(1, 1, 40),
            new Conv1d(1, 25, 5, RANDOM).stride(2).padding(1),
            new ReLU(),
            new Conv1d(25, 25, 3, RANDOM).stride(2).padding(1),
            new ReLU(),
            new Conv1d(25, 25, 3, RANDOM).stride(2).padding(1),
            new ReLU(),
            new Flatten(),
            new Linear(125, 10, RANDOM));

    assertEquals(5_210, model.parameterCount());
    assertEquals(Shape.of(2, 10), model.forward(Tensor.zeros(DType.FLOAT32, 2, 40)).shape());
  }

  @Test
  void convolutionsBeginAsInPyTorch() {
    Conv2d layer = new Conv2d(4, 50, 5, RANDOM);
    for (Parameter parameter : layer.parameters()) {
      double largest = parameter.tensor().abs().max().item();
      assertTrue(largest <= 0.1 && largest > 0.09, () -> parameter + ": " + largest);
    }
  }

  @Test
  void theTransformersChildrenHaveTheNamesOfPyTorch() {
    var parameters = new TransformerEncoderLayer(4, 2, 8, RANDOM).namedParameters().keySet();

    assertTrue(
        parameters.containsAll(
            List.of("self_attn.in_proj_weight", "linear1.weight", "linear2.bias", "norm2.bias")),
        parameters::toString);
    assertEquals(12, parameters.size());
  }

  @Test
  void positionsAreWaves() {
    double[] table = new PositionalEncoding(2, 4, DType.FLOAT64).table().toDoubleArray();

    assertArrayEquals(
        new double[] {0, 1, 0, 1, Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)},
        table,
        1e-15);
  }

  @Test
  void aSequenceComputesActivationsWithTheLayersBeforeThem() {
    fusesActivation(new Linear(6, 4, RANDOM), 5, 6);
    fusesActivation(new Conv1d(2, 4, 3, RANDOM), 5, 2, 9);
    fusesActivation(new Conv2d(2, 4, 3, RANDOM), 5, 2, 9, 8);
    fusesActivation(new ConvTranspose1d(2, 4, 3, RANDOM), 5, 2, 9);
    fusesActivation(new ConvTranspose2d(2, 4, 3, RANDOM), 5, 2, 9, 8);
  }

  private static void fusesActivation(FusesActivation layer, int... shape) {
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, shape);
    for (Activation activation : List.of(new ReLU(), new GELU())) {
      assertSameAlone(layer, activation, x);
    }
  }

  private static void assertSameAlone(FusesActivation layer, Layer activation, Tensor x) {
    assertArrayEquals(
        activation.apply(layer.apply(x)).toFloatArray(),
        new Sequential(layer, activation).forward(x).toFloatArray());
  }

  /** What {@link FusedActivation} promises: nothing happens in forward but the formula. */
  @Test
  void everyActivationIsTheSameAloneAndInASequence() {
    Linear layer = new Linear(6, 4, RANDOM);
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, 5, 6);
    Activation swish = Activation.of("swish", v -> v.mul(v.sigmoid()));
    assertSameAlone(layer, swish, x);
    assertInstanceOf(FusedActivation.class, swish);
    assertEquals("NamedFunction[swish]", swish.toString());
    for (LayerSample<?> sample : ActivationSamples.ALL) {
      if (sample.made(1, true).layer() instanceof Activation activation) {
        assertInstanceOf(FusedActivation.class, activation);
        assertSameAlone(layer, activation, x);
      }
    }
  }

  /** A user's activation that does more than its formula. */
  private static final class Counting implements Activation {
    private int calls;

    @Override
    public Formula formula() {
      return Formula.input(0).relu();
    }

    @Override
    public Tensor forward(Tensor x) {
      calls++;
      return Activation.super.forward(x).add(100);
    }
  }

  @Test
  void aSequenceCallsAnActivationThatDoesMore() {
    for (FusesActivation layer : List.of(new Linear(6, 4, RANDOM), new Conv1d(6, 4, 1, RANDOM))) {
      Counting activation = new Counting();
      Tensor x =
          Tensor.normal(
              RANDOM,
              DType.FLOAT32,
              layer instanceof Linear ? new int[] {5, 6} : new int[] {2, 6, 3});

      assertArrayEquals(
          layer.forward(x).relu().add(100).toFloatArray(),
          new Sequential(layer, activation).forward(x).toFloatArray());
      assertEquals(1, activation.calls);
    }
  }
}
