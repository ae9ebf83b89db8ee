package dev.lanegrad.autodiff;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.lang.reflect.AccessibleObject;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which, and why. */
class ArchitectureTest {
  private static final String BASE = "dev.lanegrad.autodiff";
  private static final String FORMULA = BASE + ".formula..";
  private static final String PROGRAM = BASE + ".internal.program..";
  private static final String OP = BASE + ".op..";
  private static final String GRAPH = BASE + ".internal.graph..";
  private static final String KERNEL = BASE + ".internal.kernel..";
  private static final String MEMORY = BASE + ".internal.memory..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Tensor.class.getProtectionDomain().getCodeSource().getLocation());

  /** The small types that say what a tensor is without being one. */
  private static final DescribedPredicate<JavaClass> BASE_TYPES =
      JavaClass.Predicates.belongToAnyOf(
              Shape.class, DType.class, Axes.class, TensorType.class, Present.class)
          .or(JavaClass.Predicates.assignableTo(LanegradException.class))
          .as("shapes, dtypes, exceptions and what names an argument that is null");

  private static final DescribedPredicate<JavaClass> LANEGRAD = resideInAPackage(BASE + "..");

  private static final DescribedPredicate<JavaCodeUnit> SHOWS_INTERNALS =
      DescribedPredicate.describe(
          "show an internal type",
          unit ->
              Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                  .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                  .anyMatch(resideInAPackage(BASE + ".internal..")));

  @Test
  void onlyKernelsTouchTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(KERNEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..")
            .because(
                "the module may be absent: then the scalar kernels do the work, and nothing else"
                    + " must fail to load"));
  }

  @Test
  void memoryStandsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(MEMORY)
            .should()
            .dependOnClassesThat(
                LANEGRAD.and(DescribedPredicate.not(resideInAPackage(MEMORY).or(BASE_TYPES))))
            .because("storage and layouts are what tensors, graph and kernels are built from"));
  }

  @Test
  void formulasKnowNoTensors() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(FORMULA, PROGRAM)
            .should()
            .dependOnClassesThat(
                LANEGRAD.and(
                    DescribedPredicate.not(resideInAnyPackage(FORMULA, PROGRAM).or(BASE_TYPES))))
            .because(
                "a formula is data, from which kernels, derivatives and references are made, and"
                    + " comes down to a program of exact operations; who runs it is not their"
                    + " business. The two know each other: recipes of the table are programs, and"
                    + " kernels have to see of a formula what its users do not"));
  }

  @Test
  void kernelsKnowNoTensors() {
    check(
        noClasses()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(OP, GRAPH).or(JavaClass.Predicates.type(Tensor.class)))
            .because("kernels write into buffers that they are given, inside a graph or not"));
  }

  @Test
  void signaturesShowNoInternalType() {
    check(
        noCodeUnits()
            .that()
            .areDeclaredInClassesThat(
                JavaClass.Predicates.resideOutsideOfPackage(BASE + ".internal..")
                    .and(HasModifiers.Predicates.modifier(JavaModifier.PUBLIC))
                    .as("are public and not internal"))
            .and(
                DescribedPredicate.describe("are public or protected", ArchitectureTest::isVisible))
            .should(ArchCondition.from(SHOWS_INTERNALS))
            .because("users could neither make nor take one"));
  }

  @Test
  void onlyRecordsOfUsersAreLookedInto() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(RecordParts.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(AccessibleObject.class)
            .because("a class says what it holds; a record does so by its components"));
  }

  @Test
  void settingsAreReadInOnePlace() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Settings.class)
            .should()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class)
            .orShould()
            .callMethod(Integer.class, "getInteger", String.class, int.class)
            .orShould()
            .callMethod(Boolean.class, "getBoolean", String.class)
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("a user finds every switch in Settings"));
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

  private static boolean isVisible(JavaCodeUnit unit) {
    Set<JavaModifier> modifiers = unit.getModifiers();
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
