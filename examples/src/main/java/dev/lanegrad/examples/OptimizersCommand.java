package dev.lanegrad.examples;

import static java.util.stream.Collectors.joining;

import dev.lanegrad.plots.Column;
import dev.lanegrad.plots.Contours;
import dev.lanegrad.plots.Picture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./run optimizers}. */
@Command(
    name = "optimizers",
    description = "Races all optimizers down four functions, each at its best rate.",
    sortOptions = false,
    showDefaultValues = true)
final class OptimizersCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      arity = "1..*",
      split = ",",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Which optimizers race: ${COMPLETION-CANDIDATES}; else all.")
  private List<Racer> only = List.of(Racer.values());

  @Option(
      names = "--problem",
      paramLabel = "NAME",
      arity = "1..*",
      split = ",",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Down which functions: ${COMPLETION-CANDIDATES}; else all.")
  private List<RaceProblem> problems = List.of(RaceProblem.values());

  @Option(names = "--steps", paramLabel = "N", description = "After how many steps a race ends.")
  private int steps = 5_000;

  @Option(
      names = "--accuracy",
      paramLabel = "PART",
      description = "Which part of the way from the first loss to the lowest may be left.")
  private double accuracy = 1e-4;

  @Option(
      names = "--threads",
      paramLabel = "N",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "How many races at a time; as many as there are processors, if not said.")
  private int threads;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "A picture of the paths, PNG or SVG by the ending of the name.")
  private @Nullable Path plot;

  @Option(
      names = "--json",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Makes the last line of the output JSON.")
  private boolean json;

  OptimizersCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    SettingException.checkAtLeastOne("--steps", steps);
    SettingException.unless(
        accuracy > 0 && accuracy < 1, "--accuracy must be between 0 and 1, not " + accuracy);
    PictureOption.check("--plot", plot);
    int workers = InParallel.threads(threads);
    only = List.copyOf(new TreeSet<>(only));
    problems = List.copyOf(new TreeSet<>(problems));
    List<Race> races = new ArrayList<>();
    for (Racer racer : only) {
      problems.forEach(problem -> races.add(new Race(problem, racer, steps, accuracy)));
    }
    out.printf(
        Locale.ROOT,
        "steps to within %s of the way from the first loss to the lowest, and the best setting%n",
        Decimals.plain(accuracy));
    out.printf("%-10s", "optimizer");
    problems.forEach(problem -> out.printf("  %16s", problem.title()));
    out.println();
    List<Race.Result> results = InParallel.map(workers, races, Race::run, this::print);
    if (results.stream().anyMatch(result -> !result.best().arrived())) {
      out.printf(Locale.ROOT, "-  not within %,d steps%n", steps);
    }
    if (plot != null) {
      picture(results).save(plot);
      out.println("wrote " + plot);
    }
    if (json) {
      out.println(toJson(results));
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(Race.Result result) {
    RaceProblem problem = result.race().problem();
    if (problem == problems.getFirst()) {
      out.printf("%-10s", result.race().racer());
    }
    Race.Run best = result.best();
    String count = best.arrived() ? String.format(Locale.ROOT, "%,d", best.steps()) : "-";
    out.printf("  %7s %8s", count, "(" + Decimals.plain(best.setting()) + ")");
    if (problem == problems.getLast()) {
      out.println();
    }
  }

  private Picture picture(List<Race.Result> results) {
    return new Column(
        problems.stream()
            .<Picture>map(
                problem ->
                    Contours.of(problem.title(), problem::value, problem.region())
                        .paths(
                            results.stream()
                                .filter(result -> result.race().problem() == problem)
                                .map(result -> result.best().path())
                                .toList()))
            .toList());
  }

  private String toJson(List<Race.Result> results) {
    return String.format(
        Locale.ROOT,
        "{\"example\":\"optimizers\",\"steps\":%d,\"accuracy\":%s,\"races\":[%s]}",
        steps,
        Decimals.plain(accuracy),
        results.stream().map(OptimizersCommand::toJson).collect(joining(",")));
  }

  private static String toJson(Race.Result result) {
    Race.Run best = result.best();
    return String.format(
        Locale.ROOT,
        "{\"problem\":\"%s\",\"optimizer\":\"%s\",\"setting\":%s,\"steps\":%s,\"loss\":%s}",
        result.race().problem(),
        result.race().racer(),
        Decimals.plain(best.setting()),
        best.arrived() ? best.steps() : "null",
        Double.isFinite(best.loss()) ? best.loss() : "null");
  }
}
