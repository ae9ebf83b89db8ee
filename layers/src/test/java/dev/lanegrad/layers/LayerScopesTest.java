package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.SubstitutionException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Layers in scopes: what they give can leave, and what stands in for their weights stays. */
class LayerScopesTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  @Test
  void resultsOfSeveralTensorsLeaveAScope() {
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, 3, 2, 4);
    LSTM lstm = new LSTM(4, 4, RANDOM);
    GRU gru = new GRU(4, 4, RANDOM);
    MultiheadAttention attention = new MultiheadAttention(4, 2, RANDOM);
    LSTM.Output sequence = lstm.run(x);
    RecurrentOutput gated = gru.run(x);
    Tensor weights = attention.attend(x, x, x, null, null).weights();
    Pooling.MaxPooled pooled = Pooling.maxPool1dWithIndices(x, 2, Window.UNIT.stride(2));

    LSTM.Output keptSequence = Autodiff.tidy(() -> lstm.run(x));
    RecurrentOutput keptGated = Autodiff.tidy(() -> gru.run(x));
    MultiheadAttention.Output kept = Autodiff.tidy(() -> attention.attend(x, x, x, null, null));
    Pooling.MaxPooled keptPooled =
        Autodiff.tidy(() -> Pooling.maxPool1dWithIndices(x, 2, Window.UNIT.stride(2)));
    Autodiff.tidy(() -> attention.forward(lstm.forward(x).add(gru.forward(x))).size());

    assertArrayEquals(sequence.outputs().toFloatArray(), keptSequence.outputs().toFloatArray());
    assertArrayEquals(sequence.hidden().toFloatArray(), keptSequence.hidden().toFloatArray());
    assertArrayEquals(sequence.cell().toFloatArray(), keptSequence.cell().toFloatArray());
    assertArrayEquals(gated.hidden().toFloatArray(), keptGated.hidden().toFloatArray());
    assertArrayEquals(weights.toFloatArray(), kept.weights().toFloatArray());
    assertArrayEquals(pooled.values().toFloatArray(), keptPooled.values().toFloatArray());
    assertArrayEquals(pooled.indices().toIntArray(), keptPooled.indices().toIntArray());
  }

  @Test
  void aStateIsNotLoadedWhereTensorsStandInForParameters() {
    Linear layer = new Linear(3, 2, RANDOM);
    float[] before = layer.weight().tensor().toFloatArray();
    Tensor standIn = Tensor.zeros(DType.FLOAT32, 2);
    Parameter.substitute(
        Map.of(Objects.requireNonNull(layer.bias()), standIn),
        () ->
            assertThrows(
                SubstitutionException.class,
                () -> layer.loadStateDict(new Linear(3, 2, RANDOM).stateDict())));

    assertArrayEquals(before, layer.weight().tensor().toFloatArray());
    assertArrayEquals(new float[2], standIn.toFloatArray());
  }

  @Test
  void runningMomentsThatAreSubstitutedAreNotUpdated() {
    BatchNorm1d layer = new BatchNorm1d(4);
    Parameter mean = layer.namedBuffers().get("running_mean");
    Tensor standIn = Tensor.of(new float[4]);
    Tensor x = Tensor.normal(RANDOM, DType.FLOAT32, 5, 4);
    Parameter.substitute(
        Map.of(Objects.requireNonNull(mean), standIn),
        () -> assertThrows(SubstitutionException.class, () -> layer.forward(x)));

    assertArrayEquals(new float[4], standIn.toFloatArray());
    assertArrayEquals(new float[4], mean.tensor().toFloatArray());
  }
}
