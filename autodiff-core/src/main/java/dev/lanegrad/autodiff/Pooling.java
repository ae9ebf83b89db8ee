package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.op.MaxPool;
import dev.lanegrad.autodiff.internal.op.MedianPool;
import dev.lanegrad.autodiff.internal.op.SumPool;
import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.internal.types.Spans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Pooling of signals [n, channels, length] and images [n, channels, height, width]: {@code
 * Pooling.maxPool2d(x, 2)}. Names and meaning are PyTorch's. Each method throws a {@link
 * ShapeException} if x is not of this rank or no window fits, and a {@link DTypeException} if it is
 * neither float32 nor float64. Windows of more than 1,024 elements of float32 are added up in
 * float64.
 */
public final class Pooling {
  private Pooling() {}

  /** The largest of every {@code kernel} elements: windows side by side. */
  public static Tensor maxPool1d(Tensor x, int kernel) {
    return maxPool1d(x, kernel, Window.UNIT.stride(kernel));
  }

  /** The largest element of each window of a signal. */
  public static Tensor maxPool1d(Tensor x, int kernel, Window window) {
    return maxPool(1, x, new int[] {kernel}, window);
  }

  /** The largest element of every square of {@code kernel} x {@code kernel}, side by side. */
  public static Tensor maxPool2d(Tensor x, int kernel) {
    return maxPool2d(x, new int[] {kernel, kernel}, Window.UNIT.stride(kernel));
  }

  /**
   * The largest element of each window of an image. Padding is never chosen; the gradient goes to
   * the first of equal elements.
   *
   * @param x [n, channels, height, width]
   * @param kernel height and width of the window
   * @return [n, channels, positions, positions]
   * @throws ShapeException if no window fits, the padding is more than half of one, or a window
   *     sees nothing but padding
   */
  public static Tensor maxPool2d(Tensor x, int[] kernel, Window window) {
    return maxPool(2, x, kernel, window);
  }

  private static Tensor maxPool(int dims, Tensor x, int[] kernel, Window window) {
    return new MaxPool(slides("maxPool", dims, x, kernel, window), false).applyTo(x);
  }

  /** {@link #maxPool1d(Tensor, int, Window)} and where the elements were found. */
  public static MaxPooled maxPool1dWithIndices(Tensor x, int kernel, Window window) {
    return maxPoolWithIndices(1, x, new int[] {kernel}, window);
  }

  /** {@link #maxPool2d(Tensor, int[], Window)} and where the elements were found. */
  public static MaxPooled maxPool2dWithIndices(Tensor x, int[] kernel, Window window) {
    return maxPoolWithIndices(2, x, kernel, window);
  }

  private static MaxPooled maxPoolWithIndices(int dims, Tensor x, int[] kernel, Window window) {
    MaxPool op = new MaxPool(slides("maxPool", dims, x, kernel, window), true);
    List<Tensor> outputs = op.apply(List.of(x));
    return new MaxPooled(outputs.get(0), outputs.get(1));
  }

  /**
   * The largest elements and where they were found.
   *
   * @param values through which the gradient flows
   * @param indices int32, of the same shape: the place in the plane, in row-major order
   */
  public record MaxPooled(Tensor values, Tensor indices) {}

  /** The median of every {@code kernel} elements: windows side by side. */
  public static Tensor medianPool1d(Tensor x, int kernel) {
    return medianPool1d(x, kernel, Window.UNIT.stride(kernel));
  }

  /** The median of each window of a signal, as {@link #medianPool2d(Tensor, int[], Window)}. */
  public static Tensor medianPool1d(Tensor x, int kernel, Window window) {
    return medianPool(1, x, new int[] {kernel}, window);
  }

  /** The median of every square of {@code kernel} x {@code kernel}, side by side. */
  public static Tensor medianPool2d(Tensor x, int kernel) {
    return medianPool2d(x, new int[] {kernel, kernel}, Window.UNIT.stride(kernel));
  }

  /**
   * The median of each window of an image, of an even number of elements the lower one, as
   * PyTorch's {@code median}: the filter against single wrong pixels, which leaves edges sharp.
   * Padding is not looked at. A window with a NaN gives NaN. The gradient goes to the first element
   * that equals the median, or to the first NaN.
   *
   * @param x [n, channels, height, width]
   * @param kernel height and width of the window
   * @return [n, channels, positions, positions]
   * @throws ShapeException if no window fits, the padding is more than half of one, or a window
   *     sees nothing but padding
   */
  public static Tensor medianPool2d(Tensor x, int[] kernel, Window window) {
    return medianPool(2, x, kernel, window);
  }

  private static Tensor medianPool(int dims, Tensor x, int[] kernel, Window window) {
    return new MedianPool(slides("medianPool", dims, x, kernel, window))
        .apply(List.of(x))
        .getFirst();
  }

  /** The mean of every {@code kernel} elements: windows side by side. */
  public static Tensor avgPool1d(Tensor x, int kernel) {
    return avgPool1d(x, kernel, Window.UNIT.stride(kernel), true);
  }

  /**
   * The mean of each window of a signal.
   *
   * @param countPadding whether padding counts as zeros (PyTorch's default) or not at all
   */
  public static Tensor avgPool1d(Tensor x, int kernel, Window window, boolean countPadding) {
    return avgPool(1, x, new int[] {kernel}, window, countPadding);
  }

  /** The mean of every square of {@code kernel} x {@code kernel}, side by side. */
  public static Tensor avgPool2d(Tensor x, int kernel) {
    return avgPool2d(x, new int[] {kernel, kernel}, Window.UNIT.stride(kernel), true);
  }

  /**
   * The mean of each window of an image.
   *
   * @param x [n, channels, height, width]
   * @param kernel height and width of the window
   * @param window without dilation
   * @param countPadding whether padding counts as zeros (PyTorch's default) or not at all
   * @return [n, channels, positions, positions]
   * @throws ShapeException if no window fits, the padding is more than half of one, or there is
   *     dilation
   */
  public static Tensor avgPool2d(Tensor x, int[] kernel, Window window, boolean countPadding) {
    return avgPool(2, x, kernel, window, countPadding);
  }

  private static Tensor avgPool(
      int dims, Tensor x, int[] kernel, Window window, boolean countPadding) {
    List<Slide> slides = slides("avgPool", dims, x, kernel, window);
    double area = 1;
    for (Slide slide : slides) {
      area *= slide.kernel();
      if (slide.dilation() != 1) {
        throw new ShapeException(
            String.format(
                Locale.ROOT, "avgPool%dd: takes no dilation, not %d", dims, slide.dilation()));
      }
    }
    SumPool sums = SumPool.ofWindows("avgPool" + dims + "d", slides);
    boolean padded = slides.stream().anyMatch(s -> s.before() > 0 || s.after() > 0);
    return countPadding || !padded ? sums.applyTo(x).div(area) : mean(x, sums.spans());
  }

  /** Means over spans of different lengths. */
  private static Tensor mean(Tensor x, List<Spans> spans) {
    Tensor counts = lengths(spans.getLast());
    if (spans.size() == 2) {
      counts = lengths(spans.getFirst()).unsqueeze(1).mul(counts);
    }
    return new SumPool(spans).applyTo(x).div(counts.cast(x.dtype()));
  }

  private static Tensor lengths(Spans spans) {
    double[] lengths = new double[spans.count()];
    Arrays.setAll(lengths, p -> spans.ends()[p] - spans.starts()[p]);
    return Tensor.of(lengths);
  }

  /** {@link #adaptiveAvgPool2d} of a signal. */
  public static Tensor adaptiveAvgPool1d(Tensor x, int length) {
    return adaptiveAvgPool(x, length);
  }

  /**
   * Means of so many rectangles that cover the image, as equal in size as can be: row p of the
   * result is made of rows floor(p height / rows) to ceil((p + 1) height / rows) - 1.
   *
   * @param x [n, channels, height, width]
   * @return [n, channels, rows, columns]
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, int rows, int columns) {
    return adaptiveAvgPool(x, rows, columns);
  }

  private static Tensor adaptiveAvgPool(Tensor x, int... counts) {
    String name = String.format(Locale.ROOT, "adaptiveAvgPool%dd", counts.length);
    int[] lengths = Convolutions.spatial(name, "input", x.shape(), counts.length);
    List<Spans> spans = new ArrayList<>();
    long size = (long) x.shape().dim(0) * x.shape().dim(1);
    for (int d = 0; d < counts.length; d++) {
      size = Math.min(size * counts[d], Integer.MAX_VALUE + 1L);
      if (counts[d] < 1 || lengths[d] < 1) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: %d means of the %d elements of dimension %d of %s",
                name,
                counts[d],
                lengths[d],
                d + 2,
                x.shape()));
      }
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: %s means of each channel of %s are more than the %,d elements that a tensor"
                    + " holds",
                name,
                Arrays.toString(counts),
                x.shape(),
                Integer.MAX_VALUE));
      }
      spans.add(Spans.dividing(lengths[d], counts[d]));
    }
    return mean(x, spans);
  }

  /** The mean of each channel: [n, channels, ...] gives [n, channels]. */
  public static Tensor globalAvgPool(Tensor x) {
    return x.mean(spatialAxes("globalAvgPool", x));
  }

  /** The largest element of each channel: [n, channels, ...] gives [n, channels]. */
  public static Tensor globalMaxPool(Tensor x) {
    return x.max(spatialAxes("globalMaxPool", x));
  }

  private static int[] spatialAxes(String name, Tensor x) {
    if (x.rank() < 3) {
      throw new ShapeException(
          "%s: input %s has no dimensions behind batch and channels".formatted(name, x.shape()));
    }
    return IntStream.range(2, x.rank()).toArray();
  }

  private static List<Slide> slides(String kind, int dims, Tensor x, int[] kernel, Window window) {
    String name = kind + dims + "d";
    if (kernel.length != dims) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: kernel %s: %d numbers are wanted",
              name,
              Arrays.toString(kernel),
              dims));
    }
    int[] lengths = Convolutions.spatial(name, "input", x.shape(), dims);
    return window.over(name, lengths, kernel);
  }
}
