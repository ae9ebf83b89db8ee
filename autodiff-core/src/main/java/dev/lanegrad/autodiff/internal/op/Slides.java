package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The dimensions along which a window slides, and shapes [batch, channels, dimensions]. */
final class Slides {
  private static final Slide STILL = new Slide(1, 1, 1, 0, 0, 1);

  private Slides() {}

  /** The dimension of columns is the last one. */
  static Slide columns(List<Slide> slides) {
    return slides.getLast();
  }

  /** The dimension of rows, which a signal does not have. */
  static Slide rows(List<Slide> slides) {
    return slides.size() == 1 ? STILL : slides.getFirst();
  }

  static Shape shape(int batch, int channels, List<Slide> slides, ToIntFunction<Slide> length) {
    int[] dims = new int[slides.size() + 2];
    dims[0] = batch;
    dims[1] = channels;
    for (int d = 0; d < slides.size(); d++) {
      dims[d + 2] = length.applyAsInt(slides.get(d));
    }
    return Shape.of(dims);
  }

  /** Checks the one input of a pooling; the type of what is found in its windows. */
  static TensorType pooled(String name, List<Slide> slides, List<TensorType> inputs) {
    Checks.inputs(name, 1, inputs);
    DType dtype = Checks.floating(name, inputs);
    Shape x = inputs.getFirst().shape();
    checkPooling(name, slides);
    dimensions(name, "input", x, slides, Slide::length);
    return new TensorType(dtype, shape(x.dim(0), x.dim(1), slides, Slide::positions));
  }

  /** A number of each dimension, multiplied. */
  static long product(List<Slide> slides, ToIntFunction<Slide> number) {
    long product = 1;
    for (Slide slide : slides) {
      product *= number.applyAsInt(slide);
    }
    return product;
  }

  /**
   * Checks that windows fit, and that every place in the padded input has an int for its number:
   * kernels count on that.
   *
   * @param name of the operation
   */
  static void check(String name, List<Slide> slides) {
    if (slides.isEmpty() || slides.size() > 2) {
      throw new ShapeException(
          String.format(Locale.ROOT, "%s: slides along %d dimensions", name, slides.size()));
    }
    for (Slide slide : slides) {
      if (slide.kernel() < 1 || slide.stride() < 1 || slide.dilation() < 1 || slide.before() < 0) {
        throw new ShapeException(
            "%s: kernel, stride and dilation must be at least 1 and padding at least 0: %s"
                .formatted(name, slide));
      }
    }
    for (Slide slide : slides) {
      if (slide.length() < 1) {
        throw new ShapeException(
            "%s: an input %s long: windows want at least 1 element along each dimension"
                .formatted(name, times(slides, Slide::length)));
      }
      if (slide.reach() > slide.padded()) {
        throw exceeds(name, slides);
      }
      if (slide.padded() > Integer.MAX_VALUE) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: input %s with padding %s is %s long: at most %d along a dimension",
                name,
                times(slides, Slide::length),
                padding(slides),
                times(slides, Slide::padded),
                Integer.MAX_VALUE));
      }
    }
  }

  /**
   * Checks windows of a pooling, which must see more than padding.
   *
   * @param name of the operation
   */
  static void checkPooling(String name, List<Slide> slides) {
    check(name, slides);
    for (Slide slide : slides) {
      int padding = Math.max(slide.before(), slide.after());
      if (2L * padding > slide.reach()) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: padding %d is more than half of kernel %s",
                name,
                padding,
                times(slides, Slide::reach)));
      }
      if (slide.kernel() > 1 && (long) slide.length() + slide.dilation() > Integer.MAX_VALUE) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: input %s and dilation %s are more than %,d together",
                name,
                times(slides, Slide::length),
                all(slides, Slide::dilation),
                Integer.MAX_VALUE));
      }
      int blind = blindPosition(slide);
      if (blind >= 0) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: window %d of kernel %s with dilation %s and padding %s sees nothing of input"
                    + " %s",
                name,
                blind,
                times(slides, Slide::kernel),
                all(slides, Slide::dilation),
                padding(slides),
                times(slides, Slide::length)));
      }
    }
  }

  /**
   * The first window that steps over the whole input, or -1. With padding of half a window at most
   * only one that begins in front of the input can, if its elements lie further apart than the
   * input is long.
   */
  private static int blindPosition(Slide slide) {
    if (slide.dilation() <= slide.length()) {
      return -1;
    }
    for (int p = 0; p < slide.positions() && p * (long) slide.stride() < slide.before(); p++) {
      int start = p * slide.stride() - slide.before();
      if (Math.floorMod(start, slide.dilation()) >= slide.length()) {
        return p;
      }
    }
    return -1;
  }

  private static ShapeException exceeds(String name, List<Slide> slides) {
    String spread =
        slides.stream().allMatch(s -> s.dilation() == 1)
            ? ""
            : ", which dilation %s spreads to %s,"
                .formatted(all(slides, Slide::dilation), times(slides, Slide::reach));
    return new ShapeException(
        "%s: kernel %s%s exceeds padded input %s (input %s, padding %s)"
            .formatted(
                name,
                times(slides, Slide::kernel),
                spread,
                times(slides, Slide::padded),
                times(slides, Slide::length),
                padding(slides)));
  }

  private static String padding(List<Slide> slides) {
    String before = all(slides, Slide::before);
    String after = all(slides, Slide::after);
    return before.equals(after) ? before : before + " before and " + after + " after";
  }

  /** One number if they are all the same. */
  private static String all(List<Slide> slides, ToLongFunction<Slide> number) {
    long first = number.applyAsLong(slides.getFirst());
    boolean same = slides.stream().allMatch(s -> number.applyAsLong(s) == first);
    return same ? Long.toString(first) : times(slides, number);
  }

  static String times(List<Slide> slides, ToLongFunction<Slide> number) {
    return slides.stream()
        .map(s -> Long.toString(number.applyAsLong(s)))
        .collect(Collectors.joining("x"));
  }

  /** Checks that a tensor is [batch, channels, lengths]. */
  static void dimensions(
      String name, String what, Shape shape, List<Slide> slides, ToIntFunction<Slide> length) {
    boolean fits = shape.rank() == slides.size() + 2;
    for (int d = 0; fits && d < slides.size(); d++) {
      fits = shape.dim(d + 2) == length.applyAsInt(slides.get(d));
    }
    if (!fits) {
      throw new ShapeException(
          "%s: %s %s is not [.., .., %s]"
              .formatted(name, what, shape, times(slides, length::applyAsInt).replace("x", ", ")));
    }
  }
}
