package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One dimension of a convolution as steps of one over a grid. A stride is taken away in advance:
 * source elements are dealt out into phases, and what a window has to read for neighbouring results
 * are neighbours then. With {@code lead} zeros in front of the source, element u is in the phase of
 * remainder {@code (u + lead) % stride}, at place {@code (u + lead) / stride} of it.
 *
 * @param sources elements of the source
 * @param stride from one element of a phase to the next in the source
 * @param phases those that are read
 * @param extent places of a phase that are read
 * @param pitch from one row of a grid to the next
 * @param targets what is computed
 */
record ConvolutionAxis(
    int sources, int stride, List<Phase> phases, int extent, int pitch, List<Target> targets) {
  /** Source elements {@code first}, {@code first + stride}, ..., at {@code place} and behind it. */
  record Phase(int first, int count, int place) {}

  /**
   * Results {@code first}, {@code first + step}, ..., {@code count} of them: result t reads, for
   * each i, phase {@code phase[i]} at place {@code t + shift[i]} times element {@code taps[i]} of
   * the kernel.
   */
  record Target(int first, int step, int count, int[] taps, int[] phase, int[] shift) {
    /** How far apart in a phase the places are that neighbouring elements of the kernel meet. */
    int spacing() {
      return taps.length > 1 ? shift[1] - shift[0] : 0;
    }

    /** Whether all elements of the kernel meet neighbouring places of one phase. */
    boolean isRun() {
      boolean isRun = Math.abs(spacing()) == 1;
      for (int i = 1; i < taps.length; i++) {
        isRun &= phase[i] == phase[0] && shift[i] - shift[i - 1] == spacing();
      }
      return isRun;
    }
  }

  private static final BoundedCache<Slide, ConvolutionAxis> FORWARD = new BoundedCache<>(256);
  private static final BoundedCache<Slide, ConvolutionAxis> TRANSPOSED = new BoundedCache<>(256);
  private static final BoundedCache<Slide, ConvolutionAxis> SPREAD = new BoundedCache<>(256);

  /** From the input to the output. */
  static ConvolutionAxis forward(Slide slide) {
    return FORWARD.get(slide, ConvolutionAxis::fromInput);
  }

  private static ConvolutionAxis fromInput(Slide slide) {
    int kernel = slide.kernel();
    int stride = slide.stride();
    int[] remainders = remainders(slide, stride);
    int[] taps = new int[kernel];
    int[] phase = new int[kernel];
    int[] shift = new int[kernel];
    for (int k = 0; k < kernel; k++) {
      taps[k] = k;
      phase[k] = Arrays.binarySearch(remainders, k * slide.dilation() % stride);
      shift[k] = k * slide.dilation() / stride;
    }
    Target target = new Target(0, 1, slide.positions(), taps, phase, shift);
    return of(slide.length(), stride, remainders, slide.before(), List.of(target));
  }

  /** What the elements of a window leave when divided by a stride. */
  private static int[] remainders(Slide slide, int stride) {
    return IntStream.range(0, slide.kernel())
        .map(k -> k * slide.dilation() % stride)
        .sorted()
        .distinct()
        .toArray();
  }

  /**
   * From the output back to the input: elements of the input that lie a stride apart come from the
   * same elements of the kernel, so there is one target for each remainder. Elements that come from
   * none are in no target.
   */
  static ConvolutionAxis transposed(Slide slide) {
    return TRANSPOSED.get(slide, ConvolutionAxis::newTransposed);
  }

  private static ConvolutionAxis newTransposed(Slide slide) {
    int stride = slide.stride();
    List<Target> targets = new ArrayList<>();
    int lead = 0;
    for (int remainder : remainders(slide, stride)) {
      int start = Math.max(0, Math.ceilDiv(slide.before() - remainder, stride));
      int first = remainder + stride * start - slide.before();
      if (first < slide.length()) {
        Target target = target(slide, remainder, start, first);
        targets.add(target);
        for (int shift : target.shift) {
          lead = Math.max(lead, -shift);
        }
      }
    }
    for (Target target : targets) {
      for (int i = 0; i < target.shift.length; i++) {
        target.shift[i] += lead;
      }
    }
    return of(slide.positions(), 1, new int[1], lead, targets);
  }

  private static Target target(Slide slide, int remainder, int start, int first) {
    List<Integer> taps = new ArrayList<>();
    for (int k = 0; k < slide.kernel(); k++) {
      if (k * slide.dilation() % slide.stride() == remainder) {
        taps.add(k);
      }
    }
    int[] chosen = taps.stream().mapToInt(k -> k).toArray();
    int[] shift = new int[chosen.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = start - (chosen[i] * slide.dilation() - remainder) / slide.stride();
    }
    int count = (slide.length() - 1 - first) / slide.stride() + 1;
    return new Target(first, slide.stride(), count, chosen, new int[chosen.length], shift);
  }

  /**
   * The same as {@link #forward}, with a phase for each element of the kernel, which has what it
   * meets at the first position, at the second, ...: rows of positions follow each other then.
   */
  static ConvolutionAxis spread(Slide slide) {
    return SPREAD.get(slide, ConvolutionAxis::newSpread);
  }

  private static ConvolutionAxis newSpread(Slide slide) {
    int positions = slide.positions();
    int stride = slide.stride();
    int[] taps = IntStream.range(0, slide.kernel()).toArray();
    List<Phase> phases = new ArrayList<>();
    for (int k : taps) {
      int lead = slide.before() - k * slide.dilation();
      int place = Math.clamp(Math.ceilDiv(lead, stride), 0, positions);
      int first = place * stride - lead;
      int count = Math.clamp(Math.ceilDiv(slide.length() - first, stride), 0, positions - place);
      phases.add(new Phase(first, count, place));
    }
    Target target = new Target(0, 1, positions, taps, taps, new int[taps.length]);
    return new ConvolutionAxis(
        slide.length(), stride, List.copyOf(phases), positions, positions, List.of(target));
  }

  private static ConvolutionAxis of(
      int sources, int stride, int[] remainders, int lead, List<Target> targets) {
    int extent = Math.ceilDiv(lead + sources, stride);
    for (Target target : targets) {
      for (int shift : target.shift) {
        extent = Math.max(extent, shift + target.count);
      }
    }
    List<Phase> phases = new ArrayList<>();
    for (int remainder : remainders) {
      int first = Math.floorMod(remainder - lead, stride);
      int count = Math.max(0, Math.ceilDiv(sources - first, stride));
      phases.add(new Phase(first, count, (first + lead) / stride));
    }
    int pitch = stride > 1 ? extent : pitch(sources, lead, extent, targets);
    return new ConvolutionAxis(
        sources, stride, List.copyOf(phases), extent, pitch, List.copyOf(targets));
  }

  /** Without a stride the zeros behind a row are those in front of the next. */
  private static int pitch(int sources, int lead, int extent, List<Target> targets) {
    int pitch = sources + Math.max(lead, extent - lead - sources);
    for (Target target : targets) {
      pitch = Math.max(pitch, target.count);
    }
    return pitch;
  }

  /** Whether every element of a result of some length is in a target. */
  boolean covers(int length) {
    return targets.stream().mapToInt(Target::count).sum() == length;
  }
}
