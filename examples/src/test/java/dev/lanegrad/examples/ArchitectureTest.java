package dev.lanegrad.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which module may know which, and why; the rules inside of autodiff-core are tested there. */
class ArchitectureTest {
  private static final List<String> MODULES =
      List.of("autodiff-core", "layers", "optim", "training", "plots", "examples");

  private static final String AUTODIFF = "dev.lanegrad.autodiff";
  private static final String LAYERS = "dev.lanegrad.layers";
  private static final String OPTIM = "dev.lanegrad.optim";
  private static final String TRAINING = "dev.lanegrad.training";
  private static final String PLOTS = "dev.lanegrad.plots";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream().map(name -> Path.of("..", name, "target", "classes")).toList());

  @Test
  void layersAndOptimDoNotSeeEachOther() {
    String reason = "parameters are all they have in common, and those live in autodiff-core";
    check(
        noClasses()
            .that()
            .resideInAPackage(LAYERS + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OPTIM + "..")
            .because(reason));
    check(
        noClasses()
            .that()
            .resideInAPackage(OPTIM + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LAYERS + "..")
            .because(reason));
  }

  @Test
  void nothingDependsOnTheExamples() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.lanegrad.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lanegrad.examples..")
            .because("they show the library and are no part of it"));
  }

  @Test
  void trainingDoesNotDraw() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(AUTODIFF + "..", LAYERS + "..", OPTIM + "..", TRAINING + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PLOTS + "..")
            .because("who only trains needs no library that draws"));
  }

  @Test
  void layersNeedNoReflection() {
    check(
        noClasses()
            .that()
            .resideInAPackage(LAYERS + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .because("a layer lists its parameters and children, so that a reader can see them"));
  }

  /** Layers are made of operations that users reach by methods, such as random bits and moments. */
  @Test
  void internalPackagesStayInTheirModule() {
    for (String module : List.of(AUTODIFF, LAYERS, OPTIM, TRAINING)) {
      check(
          noClasses()
              .that()
              .resideOutsideOfPackage(module + "..")
              .and()
              .resideOutsideOfPackage(LAYERS + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage(module + "..internal..")
              .because("users cannot reach them either: what a module needs, they may need"));
    }
    check(
        noClasses()
            .that()
            .resideInAPackage(LAYERS + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(AUTODIFF + "..internal..")
                    .and(not(resideInAPackage(AUTODIFF + ".internal.op")))));
  }

  /** A step that reads numbers out cannot be replayed as a list of operations. */
  @Test
  void numbersAreReadInsideOfOperations() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(AUTODIFF, LAYERS + "..", OPTIM + "..")
            .and()
            .areNotAssignableTo(Op.class)
            .and(areNot(READERS))
            .should()
            .callMethodWhere(READS_NUMBERS)
            .because(
                "what reads a number and goes on by it is an operation, or a loop in Java that says"
                    + " so and stands in the list of readers with its reason"));
  }

  /** Each with the reason. */
  private static final Map<String, String> READERS =
      Map.ofEntries(
          entry(AUTODIFF + ".ElementMethods", "they are how a caller reads"),
          entry(AUTODIFF + ".GraphView", "a picture"),
          entry(AUTODIFF + ".Gradients", "norm() is a number for its caller, normTensor() is none"),
          entry(AUTODIFF + ".Parameter", "initial numbers are copied"),
          entry(AUTODIFF + ".Patterns", "numbers that the caller gives are checked"),
          entry(LAYERS + ".StateDict", "a copy for its caller"),
          entry(LAYERS + ".loss.ClassLabels", "weights of classes, when a loss is made"),
          entry(OPTIM + ".StateDict", "a copy for its caller"),
          entry(OPTIM + ".Optimizer", "settings of a state that is loaded"),
          entry(OPTIM + ".FlatParameters", "not a recorded step"),
          entry(OPTIM + ".LBFGS", "not a recorded step"),
          entry(OPTIM + ".LbfgsMemory", "not a recorded step"),
          entry(OPTIM + ".Newton", "not a recorded step"),
          entry(OPTIM + ".LinearRule", "not a recorded step"),
          entry(OPTIM + ".DeltaRule", "not a recorded step"),
          entry(OPTIM + ".PerceptronRule", "not a recorded step"));

  private static final DescribedPredicate<JavaMethodCall> READS_NUMBERS =
      describe(
          "read numbers out of a tensor",
          call ->
              call.getTarget().getOwner().getPackageName().equals(AUTODIFF)
                  && call.getName().matches("item|to(Float|Double|Int|Boolean)Array"));

  private static DescribedPredicate<JavaClass> areNot(Map<String, String> names) {
    return describe(
        "are none of the readers",
        type -> names.keySet().stream().noneMatch(name -> isOrIsInside(type.getName(), name)));
  }

  private static boolean isOrIsInside(String type, String name) {
    return type.equals(name) || type.startsWith(name + "$");
  }

  /** Rules call operations; what those read when they run is their own affair. */
  @Test
  void reverseRulesReadNoNumbers() {
    Set<String> reading = new TreeSet<>();
    int rules = 0;
    for (JavaClass type : CLASSES) {
      if (type.isAssignableTo(Op.class) && !type.isInterface()) {
        rules++;
        JavaMethod rule = type.getMethod("vjp", Call.class, List.class);
        if (reads(rule, new HashSet<>())) {
          reading.add(type.getName());
        }
      }
    }
    assertTrue(rules > 40, "only " + rules);
    // Anomaly detection reads on the way back that these go themselves, through steps of their own;
    // limits at equal singular values depend on how the graph goes on: a loop in Java over it.
    reading.remove(AUTODIFF + ".internal.op.RecurrenceGradient");
    reading.remove(AUTODIFF + ".internal.op.SingularSlope");
    reading.remove(AUTODIFF + ".internal.op.SingularValues");
    reading.remove(AUTODIFF + ".internal.op.Cholesky");
    assertEquals(Set.of(), reading, "reverse rules that read");
  }

  /**
   * Whether a method, or one of the library's that it calls, reads; operations are run by apply.
   */
  private static boolean reads(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
    if (!seen.add(unit) || unit.getName().startsWith("apply")) {
      return false;
    }
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      if (READS_NUMBERS.test(call)) {
        return true;
      }
    }
    for (JavaCall<?> call : unit.getCallsFromSelf()) {
      boolean isOutside = call.getTargetOwner().getPackageName().equals(AUTODIFF);
      if (!isOutside && call.getTarget().resolveMember().filter(m -> reads(m, seen)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** So that the list holds nobody who reads no more. */
  @Test
  void allReadersRead() {
    Set<String> idle = new TreeSet<>(READERS.keySet());
    for (JavaClass type : CLASSES) {
      if (type.getMethodCallsFromSelf().stream().anyMatch(READS_NUMBERS)) {
        idle.removeIf(name -> isOrIsInside(type.getName(), name));
      }
    }
    assertEquals(Set.of(), idle, "readers that read nothing");
  }

  @Test
  void onlyTheCoreTouchesTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(AUTODIFF + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..")
            .because("fast loops are made from formulas and operations"));
  }

  @Test
  void systemPropertiesAreNeverSet() {
    check(
        noClasses()
            .should()
            .callMethod(System.class, "setProperty", String.class, String.class)
            .because("they belong to the program that uses the library"));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        classes()
            .should()
            .haveNameNotMatching(".*(Impl|Utils?|Managers?|Helpers?)$")
            .because("such an ending says only that there was no better name"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
