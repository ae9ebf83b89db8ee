package dev.lanegrad.benchmarks;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code ./run bench}.
 *
 * @param help whether to show them only
 * @param quick whether to measure for a shorter time
 * @param json where to keep the figures, or null
 */
record Options(boolean help, boolean quick, @Nullable Path json) {
  static final String USAGE =
      """
      Usage: run bench [--quick] [--json FILE]
      Compares vector kernels with scalar ones, and both with what the machine can do.
            --quick       One launch and few rounds: half a minute, rough figures.
            --json FILE   Keeps the figures in a file.
        -h, --help        Shows this text.
      """;

  /** How often the two JVMs are started anew. */
  int launches() {
    return quick ? 1 : 3;
  }

  /** Slots of every row in a launch. */
  int rounds() {
    return quick ? 7 : 41;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException saying what does not fit
   */
  static Options parse(String... arguments) {
    boolean help = false;
    boolean quick = false;
    Path json = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "-h", "--help" -> help = true;
        case "--quick" -> quick = true;
        case "--json" -> {
          if (i + 1 == arguments.length || arguments[i + 1].startsWith("-")) {
            throw new IllegalArgumentException("--json needs the name of a file");
          }
          json = Path.of(arguments[++i]);
        }
        default ->
            throw new IllegalArgumentException("unknown option \"%s\"".formatted(arguments[i]));
      }
    }
    return new Options(help, quick, json);
  }
}
