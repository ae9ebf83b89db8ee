package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Pooling as users call it, with PyTorch's conventions. */
class PoolingTest {
  private static final Window UNIT = Window.UNIT;

  private static Tensor signal(double... values) {
    return Tensor.of(Shape.of(1, 1, values.length), values);
  }

  private static void gives(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray(), 1e-15);
  }

  private static Tensor slope(UnaryOperator<Tensor> function, Tensor at) {
    return Autodiff.grad(x -> function.apply(x).sum()).apply(at);
  }

  @Test
  void theFirstOfEqualElementsGetsTheGradient() {
    Tensor x = signal(2, 2, 1, 3, 3, 3);
    gives(slope(v -> Pooling.maxPool1d(v, 2), x), 1, 0, 0, 1, 1, 0);
    gives(slope(v -> Pooling.maxPool1d(v, 3, UNIT), x), 1, 0, 0, 3, 0, 0);
    Tensor image = Tensor.ones(DType.FLOAT32, 1, 1, 2, 2);
    gives(slope(v -> Pooling.maxPool2d(v, 2), image), 1, 0, 0, 0);
  }

  @Test
  void windowsOfTwoByTwoAreLikeAllOthers() {
    SplittableRandom random = new SplittableRandom(1);
    int[] kernel = {2, 2};
    Window window = UNIT.stride(2);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int size : new int[] {2, 3, 6, 7}) {
        Tensor x = Tensor.uniform(random, dtype, -4, 4, 2, 3, size, size + 1).floor();
        Pooling.MaxPooled pooled = Pooling.maxPool2dWithIndices(x, kernel, window);
        Tensor windows = Convolutions.unfold(x, kernel, window).reshape(2, 3, 4, -1);
        gives(pooled.values(), windows.max(2).toDoubleArray());
        Tensor first = windows.argmax(2);
        int[] indices = pooled.indices().toIntArray();
        int[] expected = first.toIntArray();
        int across = (size + 1) / 2;
        for (int i = 0; i < expected.length; i++) {
          int p = i % (size / 2 * across);
          int row = p / across * 2 + expected[i] / 2;
          int column = p % across * 2 + expected[i] % 2;
          assertEquals(row * (size + 1) + column, indices[i]);
        }
      }
    }
  }

  @Test
  void nanIsLargerThanEverything() {
    double nan = Double.NaN;
    gives(Pooling.maxPool1d(signal(1, nan, 5, 4), 2), nan, 5);
    Tensor image = Tensor.of(Shape.of(1, 1, 2, 2), 1f, 2f, -Float.NaN, 4f);
    assertEquals(
        2,
        Pooling.maxPool2dWithIndices(image, new int[] {2, 2}, UNIT.stride(2))
            .indices()
            .toIntArray()[0]);
    gives(Pooling.maxPool2d(image, 2), nan);
  }

  @Test
  void mediansOfWindowsOfEverySizeAreThoseOfSorting() {
    SplittableRandom random = new SplittableRandom(3);
    for (int[] kernel : new int[][] {{1, 1}, {1, 2}, {3, 3}, {4, 2}, {2, 5}, {11, 12}}) {
      for (int variant = 0; variant < 8; variant++) {
        int padding = variant % 2 * Math.min(kernel[0], kernel[1]) / 2;
        Window window = UNIT.stride(1 + variant % 3).dilation(1 + variant / 4).padding(padding);
        DType dtype = variant % 4 < 2 ? DType.FLOAT64 : DType.FLOAT32;
        Tensor x = Tensor.uniform(random, dtype, -9, 9, 2, 1, 25, 27);
        x = variant % 4 == 1 ? x.floor() : variant % 4 == 2 ? x.sqrt() : x;
        int[] places = placesOfMedians(x, kernel, window);
        Tensor flat = x.reshape(2, -1);
        Tensor found = Tensor.ofInts(Shape.of(2, places.length / 2), places);
        gives(Pooling.medianPool2d(x, kernel, window), flat.gather(1, found).toDoubleArray());
        Tensor counts = Tensor.ones(dtype, found.shape().toArray()).scatterAdd(1, 25 * 27, found);
        gives(slope(v -> Pooling.medianPool2d(v, kernel, window), x), counts.toDoubleArray());
      }
    }
  }

  /** Of two images of 25 x 27: where in its image each window's median is first found. */
  private static int[] placesOfMedians(Tensor x, int[] kernel, Window window) {
    double[][] images = {
      x.slice(0, 0, 1).toDoubleArray(), x.slice(0, 1, 2).toDoubleArray(),
    };
    Tensor numbers = Tensor.arange(DType.FLOAT64, 1, 25 * 27 + 1, 1).reshape(1, 1, 25, 27);
    Tensor windows = Convolutions.unfold(numbers, kernel, window); // padding is 0
    int positions = windows.shape().dim(2);
    int[] places = new int[2 * positions];
    for (int i = 0; i < places.length; i++) {
      double[] image = images[i / positions];
      int[] seen =
          Arrays.stream(windows.slice(2, i % positions, i % positions + 1).toDoubleArray())
              .mapToInt(number -> (int) number - 1)
              .filter(place -> place >= 0)
              .toArray();
      double[] sorted = Arrays.stream(seen).mapToDouble(place -> image[place]).sorted().toArray();
      boolean hasNaN = Double.isNaN(sorted[sorted.length - 1]);
      double median = hasNaN ? Double.NaN : sorted[(sorted.length - 1) / 2];
      places[i] =
          Arrays.stream(seen)
              .filter(place -> image[place] == median || Double.isNaN(image[place]))
              .findFirst()
              .orElseThrow();
    }
    return places;
  }

  @Test
  void paddingCountsInAMeanOrNot() {
    Tensor x = signal(2, 4, 6);
    Window window = UNIT.stride(2).padding(1);
    gives(Pooling.avgPool1d(x, 2, window, true), 1, 5);
    gives(Pooling.avgPool1d(x, 2, window, false), 2, 5);
    Tensor image = Tensor.ones(DType.FLOAT64, 1, 1, 2, 2);
    gives(Pooling.avgPool2d(image, new int[] {2, 2}, window, true), 0.25, 0.25, 0.25, 0.25);
    gives(Pooling.avgPool2d(image, new int[] {2, 2}, window, false), 1, 1, 1, 1);
    gives(Pooling.avgPool1d(x, 3), 4);
  }

  @Test
  void adaptiveMeansCoverTheInput() {
    gives(Pooling.adaptiveAvgPool1d(signal(1, 2, 3, 4, 5), 3), 1.5, 3, 4.5);
    gives(Pooling.adaptiveAvgPool1d(signal(1, 2), 3), 1, 1.5, 2);
    Tensor image = Tensor.arange(DType.FLOAT64, 0, 12, 1).reshape(1, 1, 3, 4);
    gives(Pooling.adaptiveAvgPool2d(image, 1, 2), 4.5, 6.5);
    assertEquals(Shape.of(1, 1, 1, 1), Pooling.adaptiveAvgPool2d(image, 1, 1).shape());
  }

  @Test
  void globalPoolingLeavesTheChannels() {
    Tensor x = Tensor.arange(DType.FLOAT64, 0, 12, 1).reshape(1, 2, 2, 3);
    gives(Pooling.globalAvgPool(x), 2.5, 8.5);
    gives(Pooling.globalMaxPool(x), 5, 11);
    assertEquals(Shape.of(1, 2), Pooling.globalMaxPool(x).shape());
  }
}
