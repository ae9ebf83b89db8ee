package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./run bench --start}: how soon a training is fast, in whole processes from their start on.
 * The processes of all rows are started in turn, again and again.
 */
final class StartTable {
  /** What {@code ./run} gives other programs than the benchmarks, which it tells this one. */
  private static final String OPTIONS_OF_RUN = "bench.run.options";

  /** Where {@code ./run} is. */
  private static final String ROOT = "bench.root";

  private static final int LAUNCHES = 5;
  private static final int QUICK_LAUNCHES = 1;

  /** On which cores, and how a program is made to keep to them. */
  private enum Cores {
    ALL,
    ONE;

    int count() {
      return this == ONE ? 1 : Runtime.getRuntime().availableProcessors();
    }

    List<String> prefix() {
      return this == ALL ? List.of() : List.of("taskset", "-c", "0");
    }

    @Override
    public String toString() {
      return Integer.toString(count());
    }
  }

  /** By what: {@code java} alone, as {@code ./run} does it, or a library of Python. */
  private record Command(String text, List<String> options, @Nullable Contender library) {
    static final Command JAVA = new Command("java", List.of(), null);

    static Command run() {
      String options = System.getProperty(OPTIONS_OF_RUN, "");
      return new Command(
          "./run",
          Arrays.stream(options.split(" ", -1)).filter(option -> !option.isEmpty()).toList(),
          null);
    }

    static Command of(Contender library) {
      return new Command(library.toString(), List.of(), library);
    }
  }

  /**
   * A training whose start is looked at.
   *
   * @param seconds after which it is surely steady
   */
  private record Training(String name, int batch, String network, int seconds) {
    String title() {
      return String.format(Locale.ROOT, "%s: %s, batch %d", name, network, batch);
    }
  }

  private static final List<Training> TRAININGS =
      List.of(
          new Training("row 1", 4, "2-8-2", 20),
          new Training("row 2", 100, "40-100-100-10", 20),
          new Training("row 3", 64, "784-256-128-10", 20),
          new Training("row 6", 64, "28x28x1-8c5p2-m2-16c5p2-m2-10", 25));

  /** A way to start a training. */
  private record Way(Training training, Cores cores, Command command) {
    String title() {
      return "start of %s, cores %s, by %s".formatted(training.title(), cores, command.text);
    }
  }

  private final Options options;

  StartTable(Options options) {
    this.options = options;
  }

  /** Measures and prints it all; the exit code. */
  int run() throws IOException {
    List<Way> ways = ways().stream().filter(way -> options.wants(way.title())).toList();
    boolean wantsExample = options.wants(StartOfExample.TITLE);
    if (ways.isEmpty() && !wantsExample) {
      System.err.println("bench: --only leaves no row of these:");
      ways().forEach(way -> System.err.println(way.title()));
      System.err.println(StartOfExample.TITLE);
      return 2;
    }
    int given = options.givenLaunches();
    int launches = given > 0 ? given : options.quick() ? QUICK_LAUNCHES : LAUNCHES;
    System.out.println(Machine.here());
    System.out.println();
    System.out.printf(
        Locale.ROOT,
        "From the start of the process to the end of a step; medians of %d processes each.%n%n",
        launches);
    if (!ways.isEmpty()) {
      print(ways, launches);
    }
    if (wantsExample) {
      StartOfExample.print(Path.of(System.getProperty(ROOT, ".")), launches);
    }
    return 0;
  }

  private void print(List<Way> ways, int launches) throws IOException {
    Map<Way, List<StartFigures>> figures = new LinkedHashMap<>();
    for (int launch = 1; launch <= launches; launch++) {
      for (Way way : ways) {
        System.err.printf(
            Locale.ROOT, "bench: %s, launch %d of %d%n", way.title(), launch, launches);
        figures.computeIfAbsent(way, _ -> new ArrayList<>()).add(start(way, List.of()));
      }
    }
    System.out.println(StartFigures.heading());
    figures.forEach(
        (way, runs) ->
            System.out.println(
                StartFigures.median(runs)
                    .row(way.training.title(), way.cores.toString(), way.command.text)));
    System.out.println();
    if (options.compilations()) {
      for (Way way : ways) {
        if (way.command.library == null) {
          printCompilations(way);
        }
      }
    }
  }

  private static void printCompilations(Way way) throws IOException {
    Path recording = Files.createTempFile("lanegrad-start", ".jfr");
    try {
      start(way, Compilations.recordingTo(recording));
      System.out.println(way.title());
      System.out.println();
      System.out.println(Compilations.in(recording));
    } finally {
      Files.deleteIfExists(recording);
    }
  }

  private List<Way> ways() throws IOException {
    List<Command> commands = new ArrayList<>(List.of(Command.JAVA, Command.run()));
    if (options.python()) {
      Python.libraries().forEach(library -> commands.add(Command.of(library)));
    }
    List<Way> ways = new ArrayList<>();
    for (Training training : TRAININGS) {
      for (Cores cores : Cores.values()) {
        if (cores == Cores.ALL || Commands.exist("taskset")) {
          for (Command command : commands) {
            ways.add(new Way(training, cores, command));
          }
        }
      }
    }
    return ways;
  }

  private static StartFigures start(Way way, List<String> more) throws IOException {
    List<String> arguments =
        List.of(
            Long.toString(System.currentTimeMillis()),
            Integer.toString(way.training.seconds),
            Integer.toString(way.training.batch),
            way.training.network);
    List<String> command = new ArrayList<>(way.cores.prefix());
    Contender library = way.command.library;
    if (library == null) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--add-modules=jdk.incubator.vector");
      command.addAll(way.command.options);
      command.addAll(more);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(StartProgram.class.getName());
      command.addAll(arguments);
    } else {
      command.addAll(Python.start(library, way.cores.count(), arguments));
    }
    List<String> lines = Commands.lines(command);
    return lines.stream()
        .filter(line -> line.startsWith(StartProgram.ANSWER))
        .map(line -> StartFigures.parse(line.substring(StartProgram.ANSWER.length())))
        .findFirst()
        .orElseThrow(
            () -> new IOException("%s ended:%n%s".formatted(way, String.join("\n", lines))));
  }
}
