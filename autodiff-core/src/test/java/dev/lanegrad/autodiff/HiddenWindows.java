package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.types.Slide;
import java.util.List;

/** How windows lie over an input, for tests of other packages. */
public final class HiddenWindows {
  private HiddenWindows() {}

  /** The window over an input along each of its dimensions. */
  public static List<Slide> over(Window window, int[] lengths, int... kernel) {
    return window.over("test", lengths, kernel);
  }
}
