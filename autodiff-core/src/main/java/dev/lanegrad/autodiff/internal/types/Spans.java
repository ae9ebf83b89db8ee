package dev.lanegrad.autodiff.internal.types;

import java.util.Arrays;
import java.util.Locale;

/**
 * Stretches of one dimension that a pooling takes together; they may overlap. Span p goes from
 * element {@code starts[p]} to the one before {@code ends[p]}.
 *
 * @param length elements of the dimension
 * @param starts where spans begin
 * @param ends where they end, not included
 */
public record Spans(int length, int[] starts, int[] ends) {
  public Spans {
    starts = starts.clone();
    ends = ends.clone();
  }

  /** The elements in the windows of a slide, without padding. */
  public static Spans of(Slide slide) {
    int[] starts = new int[slide.positions()];
    int[] ends = new int[starts.length];
    for (int p = 0; p < starts.length; p++) {
      int first = p * slide.stride() - slide.before();
      starts[p] = Math.clamp(first, 0, slide.length());
      ends[p] = Math.clamp((long) first + slide.kernel(), 0, slide.length());
    }
    return new Spans(slide.length(), starts, ends);
  }

  /** So many spans, as equal in length as can be: floor(p n / m) to ceil((p + 1) n / m). */
  public static Spans dividing(int length, int count) {
    int[] starts = new int[count];
    int[] ends = new int[count];
    for (int p = 0; p < count; p++) {
      starts[p] = (int) ((long) p * length / count);
      ends[p] = (int) Math.ceilDiv((p + 1L) * length, count);
    }
    return new Spans(length, starts, ends);
  }

  /** How many spans there are. */
  public int count() {
    return starts.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spans spans
        && length == spans.length
        && Arrays.equals(starts, spans.starts)
        && Arrays.equals(ends, spans.ends);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * length + Arrays.hashCode(starts)) + Arrays.hashCode(ends);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Spans[length=%d, starts=%s, ends=%s]",
        length,
        Arrays.toString(starts),
        Arrays.toString(ends));
  }
}
