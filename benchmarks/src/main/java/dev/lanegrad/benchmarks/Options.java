package dev.lanegrad.benchmarks;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code ./run bench}.
 *
 * @param help whether to show them only
 * @param quick whether to measure for a shorter time
 * @param loops whether to compare with loops written by hand as well
 * @param layers whether to compare layers with the operations under them as well
 * @param peers whether to compare with other libraries as well
 * @param python whether Python's libraries take part, if there are any
 * @param tiles whether to measure the table of products only
 * @param start whether to measure the start of trainings instead
 * @param compilations whether to tell what the JIT did meanwhile
 * @param against the folder of another checkout to compare with as well, or null
 * @param only which rows to measure, or null for all
 * @param givenLaunches how often processes are started anew, or 0 for the usual number
 * @param givenRounds slots of every row in a launch, or 0 for the usual number
 * @param json where to keep the figures, or null
 * @param plot where to draw them, or null
 */
record Options(
    boolean help,
    boolean quick,
    boolean loops,
    boolean layers,
    boolean peers,
    boolean python,
    boolean tiles,
    boolean start,
    boolean compilations,
    @Nullable Path against,
    @Nullable Pattern only,
    int givenLaunches,
    int givenRounds,
    @Nullable Path json,
    @Nullable Path plot) {
  static final String USAGE =
      """
      Usage: run bench [OPTIONS]
      Compares vector kernels with scalar ones, and both with what the machine can do.
            --loops       Compares with loops written by hand too: SVML, plain Java, and the same
                          programs on the Vector API.
            --layers      Compares layers with the operations under them too, on small tensors,
                          and a step of a Trainer with that of a bare loop.
            --peers       Compares with these loops and with other libraries too: OpenBLAS, MKL
                          and PyTorch, which are downloaded.
            --python      Compares steps of training with those of PyTorch and JAX too, if the
                          python3 on the path has one of them.
            --tiles       Measures nothing but the table that says how products are cut: how much
                          other values of its entries gain or lose on this machine.
            --against FOLDER
                          Compares with another checkout of this project too, which is built if
                          needed: its library, driven by the benchmarks of this checkout, takes
                          part in the same rounds, and in the steps of training of --peers.
            --start       Measures instead how soon trainings are fast, in whole processes, on all
                          cores and on one, and when ./run mnist1d prints what; with --python
                          the same trainings by PyTorch and JAX, from the start of Python.
            --compilations
                          With --start, tells what the JIT spent its time on too.
            --quick       One launch and few rounds: rough figures in a fraction of the time.
            --only REGEX  Measures only the rows in whose titles this is found, such as
                          'matmul NN float32 512' or 'step, row [1-3]'. If it is found in none, all
                          titles are listed.
            --launches N  How often all processes are started anew.
            --rounds N    Slots of every row in a launch.
            --json FILE   Keeps the figures in a file.
            --plot FILE   Draws them, as PNG or SVG by the ending of FILE.
        -h, --help        Shows this text.
      Options for the JVM come before the name, as in ./run -Dlanegrad.threads=2 bench; ./run --help
      lists them, and the environment variables that count.
      """;

  /** How often all processes are started anew. */
  int launches() {
    return givenLaunches > 0 ? givenLaunches : quick ? 1 : 3;
  }

  /** Slots of every row in a launch. */
  int rounds() {
    return givenRounds > 0 ? givenRounds : quick ? 7 : 21;
  }

  /** Seconds in which a process warms up so many tasks, at least. */
  double leastWarming(int tasks) {
    return Math.max(quick ? 4 : 8, 0.2 * tasks);
  }

  /** Seconds in which a process warms up so many tasks, at most. */
  double mostWarming(int tasks) {
    return Math.max(quick ? 16 : 60, 0.4 * tasks);
  }

  /** Whether a row of this title is to be measured. */
  boolean wants(String title) {
    return only == null || only.matcher(title).find();
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException saying what does not fit
   */
  static Options parse(String... arguments) {
    boolean help = false;
    boolean quick = false;
    boolean loops = false;
    boolean layers = false;
    boolean peers = false;
    boolean python = false;
    boolean tiles = false;
    boolean start = false;
    boolean compilations = false;
    Path against = null;
    Pattern only = null;
    int launches = 0;
    int rounds = 0;
    Path json = null;
    Path plot = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "-h", "--help" -> help = true;
        case "--quick" -> quick = true;
        case "--loops" -> loops = true;
        case "--layers" -> layers = true;
        case "--peers" -> peers = true;
        case "--python" -> python = true;
        case "--tiles" -> tiles = true;
        case "--start" -> start = true;
        case "--compilations" -> compilations = true;
        case "--against" -> against = Path.of(value(arguments, i++, "a folder"));
        case "--only" -> only = pattern(value(arguments, i++, "a regular expression"));
        case "--launches" -> launches = count(arguments[i], value(arguments, i++, "a number"));
        case "--rounds" -> rounds = count(arguments[i], value(arguments, i++, "a number"));
        case "--json" -> json = Path.of(value(arguments, i++, "the name of a file"));
        case "--plot" -> plot = Path.of(value(arguments, i++, "the name of a file"));
        default -> throw new IllegalArgumentException(unknown(arguments[i]));
      }
    }
    return new Options(
            help,
            quick,
            loops || peers,
            layers,
            peers,
            python,
            tiles,
            start,
            compilations,
            against,
            only,
            launches,
            rounds,
            json,
            plot)
        .checked();
  }

  /** These, unless some of them do not go together. */
  private Options checked() {
    if (compilations && !start) {
      throw new IllegalArgumentException("--compilations goes with --start");
    }
    boolean others = start || loops || layers || peers || python || against != null;
    if (tiles && (others || json != null || plot != null)) {
      throw new IllegalArgumentException(
          "--tiles measures nothing else: it goes with --only, --rounds and --quick");
    }
    if (start && (loops || layers || peers || against != null || json != null || plot != null)) {
      throw new IllegalArgumentException(
          "--start measures nothing else: it goes with --only, --launches, --quick, --python"
              + " and --compilations");
    }
    return this;
  }

  private static String unknown(String option) {
    String message = "unknown option \"%s\"".formatted(option);
    return option.matches("-(D|X|ea|esa|verbose:|agent|javaagent:|-add-).*")
        ? message + ": options for the JVM come before the name: ./run %s bench".formatted(option)
        : message;
  }

  private static String value(String[] arguments, int i, String what) {
    if (i + 1 == arguments.length || arguments[i + 1].startsWith("-")) {
      throw new IllegalArgumentException("%s needs %s".formatted(arguments[i], what));
    }
    return arguments[i + 1];
  }

  private static int count(String option, String text) {
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no number from 1 to 99999".formatted(option, text));
    }
    return Integer.parseInt(text);
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("--only: " + e.getMessage(), e);
    }
  }
}
