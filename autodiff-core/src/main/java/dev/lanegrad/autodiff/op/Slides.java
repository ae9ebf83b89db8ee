package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Slide;
import java.util.List;
import java.util.function.ToIntFunction;
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

  /**
   * Checks that windows fit.
   *
   * @param name of the operation
   */
  static void check(String name, List<Slide> slides) {
    if (slides.isEmpty() || slides.size() > 2) {
      throw new ShapeException("%s: slides along %d dimensions".formatted(name, slides.size()));
    }
    for (Slide slide : slides) {
      if (slide.kernel() < 1 || slide.stride() < 1 || slide.dilation() < 1 || slide.before() < 0) {
        throw new ShapeException(
            "%s: kernel, stride and dilation must be at least 1 and padding at least 0: %s"
                .formatted(name, slide));
      }
    }
    for (Slide slide : slides) {
      if (slide.reach() > slide.padded()) {
        throw exceeds(name, slides);
      }
    }
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
  private static String all(List<Slide> slides, ToIntFunction<Slide> number) {
    int first = number.applyAsInt(slides.getFirst());
    boolean same = slides.stream().allMatch(s -> number.applyAsInt(s) == first);
    return same ? Integer.toString(first) : times(slides, number);
  }

  static String times(List<Slide> slides, ToIntFunction<Slide> number) {
    return slides.stream()
        .map(s -> Integer.toString(number.applyAsInt(s)))
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
              .formatted(name, what, shape, times(slides, length).replace("x", ", ")));
    }
  }
}
