package dev.lanegrad.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.optim.schedule.ScheduleCases;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has no row in the tables of the tests fails the build. */
class CatalogueTest {
  /** Rules that the sign of the gradient is all there is to: their rule's rows stand for them. */
  private static final Set<String> WRAPPERS = Set.of("Elements", "Tensors");

  /** All classes of the package of a type that are made by a constructor, nested ones too. */
  private static Set<String> made(Class<?> kind, Class<?> of) throws Exception {
    String file = kind.getSimpleName() + ".class";
    Path folder = Path.of(Objects.requireNonNull(kind.getResource(file)).toURI()).getParent();
    return made(folder, kind.getPackageName(), of);
  }

  private static Set<String> made(Path folder, String packageName, Class<?> of) throws Exception {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = path.getFileName().toString().replaceAll("\\.class$", "");
        Class<?> type = Class.forName(packageName + "." + name);
        if (of.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())
            && !type.isAnonymousClass()) {
          names.add(type.getSimpleName());
        }
      }
    }
    names.removeAll(WRAPPERS);
    return names;
  }

  private static Set<String> names(Stream<?> rows) {
    return rows.map(row -> row.getClass().getSimpleName())
        .filter(name -> !WRAPPERS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyRuleHasARowWithItsEquations() throws Exception {
    assertEquals(made(Rule.class, Rule.class), names(Rules.all().map(Rules::rule)));
  }

  /** {@code planted.Unlisted} is a rule that no table has. */
  @Test
  void aRuleWithoutARowIsMissed() throws Exception {
    String planted = CatalogueTest.class.getPackageName() + ".planted";
    Path here = Path.of(CatalogueTest.class.getResource("CatalogueTest.class").toURI());
    Set<String> all = made(here.resolveSibling("planted"), planted, Rule.class);
    assertEquals(Set.of("Unlisted"), all);
    all.addAll(made(Rule.class, Rule.class));
    AssertionError missed =
        assertThrows(
            AssertionError.class, () -> assertEquals(all, names(Rules.all().map(Rules::rule))));
    assertTrue(missed.getMessage().contains("Unlisted"), missed::getMessage);
  }

  /** Muon, which takes matrices only, has a test of its own. */
  @Test
  void everyRuleFindsMinima() throws Exception {
    Set<String> expected = made(Rule.class, Rule.class);
    expected.remove("Muon");
    assertEquals(expected, names(Descent.ALL.stream().map(Descent::valley)));
    assertEquals(expected, names(Descent.ALL.stream().map(Descent::bowl)));
  }

  /** Lion and LAMB are not PyTorch's. */
  @Test
  void everyRuleOfPyTorchHasATrajectory() throws Exception {
    Set<String> expected = made(Rule.class, Rule.class);
    expected.removeAll(Set.of("Lion", "LAMB"));
    assertEquals(
        expected, names(PyTorchTrajectoriesTest.CASES.values().stream().flatMap(r -> r.stream())));
  }

  @Test
  void everyOptimizerWithAClosureHasATest() throws Exception {
    Map<String, Class<?>> tests = Map.of("LBFGS", LbfgsTest.class, "Newton", NewtonTest.class);
    assertEquals(tests.keySet(), made(Rule.class, ClosureOptimizer.class));
  }

  /** PerGroup gives the rows of others. */
  @Test
  void everyScheduleHasARow() throws Exception {
    Set<String> expected = made(Schedule.class, Schedule.class);
    expected.remove("PerGroup");
    assertEquals(expected, names(ScheduleCases.ALL.values().stream()));
    assertEquals(15, PYTORCH.length);
    Set<String> all = new TreeSet<>(expected);
    all.add("ReduceLROnPlateau");
    all.remove("SWALR");
    assertEquals(new TreeSet<>(Arrays.asList(PYTORCH)), all);
  }

  private static final String[] PYTORCH = {
    "LambdaLR",
    "MultiplicativeLR",
    "StepLR",
    "MultiStepLR",
    "ConstantLR",
    "LinearLR",
    "ExponentialLR",
    "SequentialLR",
    "CosineAnnealingLR",
    "ChainedScheduler",
    "ReduceLROnPlateau",
    "CyclicLR",
    "CosineAnnealingWarmRestarts",
    "OneCycleLR",
    "PolynomialLR"
  };
}
