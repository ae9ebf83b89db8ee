package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.data.Mnist1d;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset FIVE =
      new Dataset(
          Tensor.of(new float[][] {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}),
          Tensor.ofInts(0, 10, 20, 30, 40));

  @Test
  void batchesComeInOrderAndTheLastHoldsTheRest() {
    List<Batch> batches = FIVE.batches(2);

    assertEquals(List.of(2, 2, 1), batches.stream().map(Batch::size).toList());
    assertArrayEquals(new float[] {4, 5, 6, 7}, batches.get(1).x().toFloatArray());
    assertArrayEquals(new int[] {20, 30}, batches.get(1).y().toIntArray());
    assertArrayEquals(new float[] {8, 9}, batches.get(2).x().toFloatArray());
    assertArrayEquals(new int[] {40}, batches.get(2).y().toIntArray());
  }

  @Test
  void aBatchCanBeEverythingOrMore() {
    assertEquals(List.of(5), FIVE.batches(5).stream().map(Batch::size).toList());
    assertEquals(List.of(5), FIVE.batches(100).stream().map(Batch::size).toList());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> FIVE.batches(0));
    ShapeException error =
        assertThrows(
            ShapeException.class,
            () -> new Dataset(Tensor.zeros(DType.FLOAT32, 3, 2), Tensor.ofInts(1, 2)));
    assertEquals(
        "dataset: takes x [n, ..] and y [n, ..], not [3, 2] and [2]", error.getMessage());
    assertThrows(
        ShapeException.class,
        () -> new Batch(Tensor.scalar(DType.FLOAT32, 1), Tensor.ofInts(1)));
  }

  @Test
  void mnist1dComesAsTensors() {
    Mnist1d data = Mnist1d.make();
    Dataset training = data.training(DType.FLOAT64);
    Dataset test = data.test(DType.FLOAT32);

    assertEquals(Shape.of(4000, 40), training.x().shape());
    assertArrayEquals(data.trainingInputs(), training.x().toDoubleArray());
    assertArrayEquals(data.trainingLabels(), training.y().toIntArray());
    assertEquals(1000, test.size());
    assertEquals(DType.FLOAT32, test.x().dtype());
    assertArrayEquals(data.testInputs(), test.x().toDoubleArray(), 1e-6);
    assertArrayEquals(data.testLabels(), test.y().toIntArray());
  }
}
