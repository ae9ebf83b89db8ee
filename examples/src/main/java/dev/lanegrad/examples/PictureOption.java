package dev.lanegrad.examples;

import dev.lanegrad.plots.Picture;
import dev.lanegrad.plots.PlotException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An option that names a picture's file: what is wrong with it is said before the work begins. */
final class PictureOption {
  private PictureOption() {}

  /**
   * Checks that a picture can be written.
   *
   * @param file null if none is asked for
   * @throws SettingException if not
   */
  static void check(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    SettingException.unless(
        ModuleLayer.boot().findModule("java.desktop").isPresent(),
        option + ": pictures need the module java.desktop, which this java was made without");
    try {
      Picture.check(file);
    } catch (PlotException e) {
      throw new SettingException(option + ": " + e.getMessage());
    }
  }
}
