package dev.lanegrad.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void internalPackagesStayInTheirModule() {
    for (String module : List.of(AUTODIFF, LAYERS, OPTIM, TRAINING)) {
      check(
          noClasses()
              .that()
              .resideOutsideOfPackage(module + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage(module + "..internal..")
              .because("users cannot reach them either: what a module needs, they may need"));
    }
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
