package dev.lanegrad.training.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How many characters a line of the terminal has. */
final class TerminalWidth {
  private static final int USUAL = 80;

  private TerminalWidth() {}

  /** What {@code stty} says, one less so that nothing wraps; 79 where there is none. */
  static int get() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return columns(said) - 1;
    } catch (IOException e) {
      return USUAL - 1;
    }
  }

  /** The second of two numbers. */
  static int columns(String rowsAndColumns) {
    String columns = rowsAndColumns.strip().replaceFirst("^\\d+ ", "");
    return columns.matches("[1-9]\\d{1,4}") ? Integer.parseInt(columns) : USUAL;
  }
}
