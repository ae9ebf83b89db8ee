package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.data.Mnist1d;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    assertEquals("dataset: takes x [n, ..] and y [n, ..], not [3, 2] and [2]", error.getMessage());
    assertThrows(
        ShapeException.class, () -> new Batch(Tensor.scalar(DType.FLOAT32, 1), Tensor.ofInts(1)));
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

  @Test
  void examplesAreSelectedInAnyOrder() {
    Dataset chosen = FIVE.select(4, 0, 4);

    assertArrayEquals(new float[] {8, 9, 0, 1, 8, 9}, chosen.x().toFloatArray());
    assertArrayEquals(new int[] {40, 0, 40}, chosen.y().toIntArray());
    assertEquals(0, FIVE.select().size());
    assertThrows(ShapeException.class, () -> FIVE.select(5));
    assertThrows(ShapeException.class, () -> FIVE.select(-1));
  }

  @Test
  void theSeedDecidesTheOrder() {
    Dataset many = new Dataset(Tensor.zeros(DType.FLOAT32, 100, 1), Tensor.ofInts(range(100)));
    int[] order = many.shuffled(1).y().toIntArray();

    assertArrayEquals(order, many.shuffled(1).y().toIntArray());
    assertFalse(Arrays.equals(order, many.shuffled(2).y().toIntArray()));
    assertFalse(Arrays.equals(order, range(100)));
    assertArrayEquals(range(100), IntStream.of(order).sorted().toArray());
  }

  @Test
  void shufflingKeepsInputsAndLabelsTogether() {
    Dataset shuffled = FIVE.shuffled(3);
    for (Batch one : shuffled.batches(1)) {
      assertEquals(one.y().toIntArray()[0] / 5f, one.x().toFloatArray()[0]);
    }
  }

  @Test
  void aPermutationIsUniform() {
    int[][] counts = new int[4][4];
    for (int seed = 0; seed < 4_000; seed++) {
      int[] permutation = Seeds.permutation(4, Seeds.generator(7, seed));
      for (int i = 0; i < 4; i++) {
        counts[i][permutation[i]]++;
      }
    }
    for (int[] row : counts) {
      for (int count : row) {
        assertEquals(1_000, count, 5 * Math.sqrt(4_000 * 0.25 * 0.75));
      }
    }
  }

  @Test
  void splitsAddUpToEverything() {
    assertEquals(List.of(4, 1), sizes(0.8, 0.2));
    assertEquals(List.of(2, 1, 2), sizes(1 / 3.0, 1 / 3.0, 1 / 3.0));
    assertEquals(List.of(0, 5), sizes(0, 1));
    assertEquals(List.of(5), sizes(1));
    assertArrayEquals(new int[] {40}, FIVE.split(0.8, 0.2).get(1).y().toIntArray());
    for (double[] fractions : new double[][] {{0.5, 0.4}, {1.5, -0.5}, {Double.NaN, 1}, {}}) {
      assertThrows(IllegalArgumentException.class, () -> FIVE.split(fractions));
    }
  }

  private static List<Integer> sizes(double... fractions) {
    return FIVE.split(fractions).stream().map(Dataset::size).toList();
  }

  private static int[] range(int size) {
    return IntStream.range(0, size).toArray();
  }
}
