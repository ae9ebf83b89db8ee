package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.internal.types.Spans;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Spans of one dimension or two in shapes [batch, channels, dimensions]. */
final class PooledSpans {
  private static final Spans WHOLE = Spans.dividing(1, 1);

  private PooledSpans() {}

  /** The spans of rows, which a signal does not have. */
  static Spans rows(List<Spans> spans) {
    return spans.size() == 1 ? WHOLE : spans.getFirst();
  }

  static Shape check(String name, List<Spans> spans, Shape shape, ToIntFunction<Spans> length) {
    if (spans.isEmpty() || spans.size() > 2 || shape.rank() != spans.size() + 2) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: input %s does not have batch, channels and %d dimensions, one or two",
              name,
              shape,
              spans.size()));
    }
    for (int d = 0; d < spans.size(); d++) {
      Spans along = spans.get(d);
      boolean inside = along.starts().length == along.ends().length;
      for (int p = 0; inside && p < along.count(); p++) {
        inside =
            0 <= along.starts()[p]
                && along.starts()[p] <= along.ends()[p]
                && along.ends()[p] <= along.length();
      }
      if (!inside) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: spans reach beyond their %d elements: %s",
                name,
                along.length(),
                along));
      }
      if (shape.dim(d + 2) != length.applyAsInt(along)) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "%s: dimension %d of input %s is not %d",
                name,
                d + 2,
                shape,
                length.applyAsInt(along)));
      }
    }
    return shape;
  }

  /** In how many rectangles one place can be. */
  static long overlap(List<Spans> spans) {
    long product = 1;
    for (Spans along : spans) {
      int most = 1;
      for (int p = 0, last = 0; p < along.count(); p++) {
        while (last < along.count() && along.starts()[last] < along.ends()[p]) {
          last++;
        }
        most = Math.max(most, last - p);
      }
      product *= most;
    }
    return product;
  }

  /** The shape with other lengths of its dimensions. */
  static Shape replaced(Shape shape, List<Spans> spans, ToIntFunction<Spans> length) {
    int[] dims = shape.toArray();
    for (int d = 0; d < spans.size(); d++) {
      dims[d + 2] = length.applyAsInt(spans.get(d));
    }
    return Shape.of(dims);
  }
}
