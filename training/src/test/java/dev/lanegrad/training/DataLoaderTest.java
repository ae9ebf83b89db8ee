package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
  private static final Dataset TEN =
      new Dataset(
          Tensor.arange(DType.FLOAT32, 0, 20, 1).reshape(10, 2),
          Tensor.ofInts(IntStream.range(0, 10).toArray()));

  private static List<Integer> labels(Iterable<Batch> epoch) {
    List<Integer> labels = new ArrayList<>();
    for (Batch batch : epoch) {
      float[] x = batch.x().toFloatArray();
      int[] y = batch.y().toIntArray();
      for (int i = 0; i < y.length; i++) {
        labels.add(y[i]);
        assertEquals(2 * y[i], x[2 * i], "inputs and labels stay together");
      }
    }
    return labels;
  }

  private static List<Integer> sizes(Iterable<Batch> epoch) {
    List<Integer> sizes = new ArrayList<>();
    epoch.forEach(batch -> sizes.add(batch.size()));
    return sizes;
  }

  @Test
  void theLastBatchHoldsTheRest() {
    assertEquals(List.of(4, 4, 2), sizes(new DataLoader(TEN, 4).epoch(0)));
    assertEquals(3, new DataLoader(TEN, 4).batches());
    assertEquals(List.of(5, 5), sizes(new DataLoader(TEN, 5).shuffled(1).epoch(0)));
    assertEquals(List.of(10), sizes(new DataLoader(TEN, Integer.MAX_VALUE).epoch(0)));
    assertEquals(List.of(), sizes(new DataLoader(TEN.slice(0, 0), 4).epoch(0)));
  }

  @Test
  void everyEpochHoldsEveryExampleOnce() {
    List<Integer> inOrder = IntStream.range(0, 10).boxed().toList();
    DataLoader shuffled = new DataLoader(TEN, 3).shuffled(1);

    assertEquals(inOrder, labels(new DataLoader(TEN, 3).epoch(7)));
    assertEquals(inOrder, labels(shuffled.epoch(0)).stream().sorted().toList());
    assertNotEquals(inOrder, labels(shuffled.epoch(0)));
  }

  @Test
  void seedAndEpochDecideTheOrder() {
    DataLoader loader = new DataLoader(TEN, 3).shuffled(1);
    List<Integer> order = labels(loader.epoch(4));

    assertEquals(order, labels(loader.epoch(4)));
    assertEquals(order, labels(new DataLoader(TEN, 5).shuffled(1).epoch(4)));
    assertNotEquals(order, labels(loader.epoch(5)));
    assertNotEquals(order, labels(loader.shuffled(2).epoch(4)));
  }

  @Test
  void transformsDrawAnewForEachBatchOfEachEpoch() {
    Dataset zeros = new Dataset(Tensor.zeros(DType.FLOAT32, 4, 3), Tensor.ofInts(0, 1, 2, 3));
    DataLoader loader = new DataLoader(zeros, 2).transformed(ImageTransforms.noise(1), 5);
    List<float[]> seen = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      loader.epoch(epoch).forEach(batch -> seen.add(batch.x().toFloatArray()));
    }

    assertEquals(4, seen.stream().map(x -> x[0]).distinct().count());
    Iterator<Batch> again = loader.epoch(1).iterator();
    assertArrayEquals(seen.get(2), again.next().x().toFloatArray());
    assertArrayEquals(seen.get(3), again.next().x().toFloatArray());
    Batch other = loader.transformed(ImageTransforms.noise(1), 6).epoch(1).iterator().next();
    assertNotEquals(seen.get(2)[0], other.x().toFloatArray()[0]);
  }

  @Test
  void transformsFollowEachOther() {
    Transform increment = (x, _) -> x.add(1);
    Transform doubled = (x, _) -> x.mul(2);
    DataLoader loader = new DataLoader(TEN, 1).transformed(increment.then(doubled), 0);

    assertArrayEquals(new float[] {2, 4}, loader.epoch(0).iterator().next().x().toFloatArray());
  }

  /** The transform of the second batch is waited for while the first is still in use. */
  @Test
  void theNextBatchIsPreparedInTheBackground() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    Transform counting =
        (x, _) -> {
          started.countDown();
          return x;
        };
    Iterator<Batch> batches = new DataLoader(TEN, 5).transformed(counting, 0).epoch(0).iterator();
    batches.next();

    assertTrue(started.await(10, TimeUnit.MINUTES), "the second batch was not begun");
  }

  @Test
  void batchesOutliveTheScopeInWhichTheyAreTaken() {
    Iterator<Batch> batches = new DataLoader(TEN, 5).shuffled(1).epoch(0).iterator();
    List<Batch> kept = new ArrayList<>();
    Autodiff.tidy(() -> kept.add(batches.next()));
    Autodiff.tidy(() -> kept.add(batches.next()));

    assertEquals(10, labels(kept).size());
  }

  @Test
  void whatATransformThrowsIsThrownAsItIs() {
    Transform broken =
        (_, _) -> {
          throw new IllegalStateException("out of ink");
        };
    Iterator<Batch> batches = new DataLoader(TEN, 5).transformed(broken, 0).epoch(0).iterator();

    assertEquals(
        "out of ink", assertThrows(IllegalStateException.class, batches::next).getMessage());
  }

  @Test
  void anEpochEnds() {
    Iterator<Batch> batches = new DataLoader(TEN, 10).epoch(0).iterator();
    batches.next();

    assertFalse(batches.hasNext());
    assertThrows(NoSuchElementException.class, batches::next);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> new DataLoader(TEN, 0));
    assertThrows(IllegalArgumentException.class, () -> new DataLoader(TEN, 1).epoch(-1));
  }
}
