package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.optim.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code ./run optimizers} shows. */
class OptimizersTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command, Object... more) {
    out.getBuffer().setLength(0);
    String[] words =
        Stream.concat(Stream.of(command.split(" ")), Stream.of(more).map(Object::toString))
            .toArray(String[]::new);
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words);
  }

  private static Race.Run race(RaceProblem problem, Racer racer, int steps) {
    return new Race(problem, racer, steps, 1e-4).run().best();
  }

  @Tag("thorough")
  @ParameterizedTest
  @EnumSource(Racer.class)
  void everyOptimizerGetsThereOnTheQuadratic(Racer racer) {
    Race.Run run = new Race(RaceProblem.QUADRATIC, racer, 1_000, 0.01).run().best();
    assertTrue(run.arrived(), run::toString);
    assertEquals(run.steps() + 1, run.path().x().length);
    double end = RaceProblem.QUADRATIC.value(last(run.path().x()), last(run.path().y()));
    assertEquals(end, run.loss());
    assertTrue(end <= RaceProblem.QUADRATIC.goal(0.01), () -> "ends at " + end);
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }

  /** What knows of curvature needs fewer steps than any that goes by the slope alone. */
  @ParameterizedTest
  @EnumSource(RaceProblem.class)
  void lbfgsAndNewtonNeedTheFewestSteps(RaceProblem problem) {
    int most =
        Math.max(race(problem, Racer.LBFGS, 100).steps(), race(problem, Racer.NEWTON, 100).steps());
    assertTrue(most < 100, "they need " + most);
    for (Racer racer : Racer.values()) {
      if (racer.hasRule()) {
        assertTrue(!race(problem, racer, most).arrived(), () -> racer + " needs no more");
      }
    }
  }

  @Test
  void newtonNeedsOneStepOnTheQuadratic() {
    assertEquals(1, race(RaceProblem.QUADRATIC, Racer.NEWTON, 5).steps());
  }

  /** What Newton finds to 1e-12 is the lowest value that is stated, and higher all around. */
  @ParameterizedTest
  @EnumSource(RaceProblem.class)
  void theLowestValuesAreTheLowest(RaceProblem problem) {
    Race.Run run = new Race(problem, Racer.NEWTON, 50, 1e-12).run().best();
    assertTrue(run.arrived(), run::toString);
    assertEquals(problem.lowest(), run.loss(), 1e-10);
    assertTrue(run.loss() >= problem.lowest() - 1e-14, run::toString);
    double a = last(run.path().x());
    double b = last(run.path().y());
    for (double d : new double[] {-1e-3, 1e-3}) {
      assertTrue(problem.value(a + d, b) > problem.lowest(), problem::title);
      assertTrue(problem.value(a, b + d) > problem.lowest(), problem::title);
    }
    Tensor point = Tensor.of(new double[][] {{0.7, -0.4}});
    assertEquals(DType.FLOAT64, point.dtype());
    GradientCheck.of(problem::loss).order(2).verify(point);
  }

  @Test
  void everyRuleOfTheCatalogueRaces() throws IOException, ReflectiveOperationException {
    Set<String> racing =
        Arrays.stream(Racer.values())
            .filter(Racer::hasRule)
            .map(racer -> racer.rule(0.1).getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(rules(), racing);
  }

  /** The public records of the package that are rules. */
  private static Set<String> rules() throws IOException, ReflectiveOperationException {
    URI place = URI.create(Objects.requireNonNull(Rule.class.getResource("Rule.class")).toString());
    if (!place.getScheme().equals("jar")) {
      return rulesIn(Objects.requireNonNull(Path.of(place).getParent()));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
      return rulesIn(jar.getPath("dev", "lanegrad", "optim"));
    }
  }

  private static Set<String> rulesIn(Path folder) throws IOException, ReflectiveOperationException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("[A-Za-z]+\\.class")) {
          Class<?> type =
              Class.forName(Rule.class.getPackageName() + "." + name.replace(".class", ""));
          if (type.isRecord()
              && Rule.class.isAssignableFrom(type)
              && Modifier.isPublic(type.getModifiers())) {
            names.add(type.getSimpleName());
          }
        }
      }
    }
    return names;
  }

  @Test
  void theTableIsTheSameAtAnyNumberOfThreads() {
    String races = "optimizers --only adam,lion newton --problem beale,logistic --steps 60 --json";
    assertEquals(0, run(races + " --threads 1"), err::toString);
    String expected = out.toString();
    List<String> lines = expected.lines().toList();
    assertTrue(lines.get(1).matches("optimizer +Beale +logistic"), expected);
    assertTrue(lines.get(2).matches("adam +\\d+ +\\(0\\.\\d+\\) +\\d+ +\\(\\d.*\\)"), expected);
    assertTrue(lines.get(3).matches("lion +- .*"), expected);
    assertEquals("-  not within 60 steps", lines.get(5));
    String race =
        "\\{\"problem\":\"\\w+\",\"optimizer\":\"\\w+\",\"setting\":[0-9.]+,"
            + "\"steps\":(\\d+|null),\"loss\":[-0-9.E]+}";
    assertTrue(
        lines
            .getLast()
            .matches(
                "\\{\"example\":\"optimizers\",\"steps\":60,\"accuracy\":0\\.0001,"
                    + "\"races\":\\["
                    + String.join(",", Collections.nCopies(6, race))
                    + "]}"),
        lines.getLast());
    for (int threads : new int[] {0, 5}) {
      assertEquals(0, run(races + " --threads " + threads), err::toString);
      assertEquals(expected, out.toString());
    }
  }

  @Test
  void thePictureHasThePaths(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("paths.svg");
    assertEquals(
        0, run("optimizers --only sgd newton --problem quadratic beale --steps 99 --plot", file));
    assertTrue(out.toString().contains("wrote " + file), out::toString);
    String svg = Files.readString(file);
    assertTrue(svg.contains("<title>Beale; quadratic</title>"), svg);
    assertTrue(svg.contains("contour lines: sgd, newton"), svg);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps 0          | --steps must be at least 1, not 0
          --accuracy 0       | --accuracy must be between 0 and 1, not 0.0
          --accuracy NaN     | --accuracy must be between 0 and 1, not NaN
          --threads -1       | --threads must be at least 0, not -1
          --only sgd,adamm   | expected one of [SGD, MOMENTUM, NESTEROV, ADAM,
          --problem sphere   | expected one of [ROSENBROCK, BEALE, QUADRATIC, LOGISTIC]
          --plot paths.gif   | --plot: paths.gif: a picture's file has a name that ends in .png
          --plot no/p.png    | --plot: no/p.png: cannot be written: there is no folder
          """)
  void mistakesAreSaidBeforeAnyRace(String options, String message) {
    assertEquals(2, run("optimizers " + options));
    assertTrue(err.toString().contains(message), err::toString);
    assertEquals("", out.toString());
  }
}
