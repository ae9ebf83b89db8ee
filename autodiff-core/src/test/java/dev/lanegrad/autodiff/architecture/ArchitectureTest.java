package dev.lanegrad.autodiff.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.architecture.fixtures.circle.one.One;
import dev.lanegrad.autodiff.architecture.fixtures.circle.two.Two;
import dev.lanegrad.autodiff.architecture.fixtures.downwards.lower.Lower;
import dev.lanegrad.autodiff.architecture.fixtures.downwards.upper.Upper;
import dev.lanegrad.autodiff.internal.settings.Settings;
import dev.lanegrad.autodiff.op.Elementwise;
import java.lang.reflect.AccessibleObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may know which, see {@link Rooms}, and what else holds everywhere. */
class ArchitectureTest {
  private static final String BASE = Rooms.BASE;

  private static final DescribedPredicate<JavaCodeUnit> SHOWS_INTERNALS =
      DescribedPredicate.describe(
          "show an internal type",
          unit ->
              Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                  .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                  .anyMatch(resideInAPackage(BASE + ".internal..")));

  private static final JavaClasses PLANTED =
      new ClassFileImporter().importClasses(One.class, Two.class, Lower.class, Upper.class);

  private static final String FIXTURES = ArchitectureTest.class.getPackageName() + ".fixtures.";

  @Test
  void everyClassIsInOneRoom() {
    assertEquals(Set.of(), Room.homeless(Rooms.CLASSES, Rooms.ALL), "see Rooms");
  }

  @Test
  void arrowsBetweenRoomsGoInOneDirection() {
    assertEquals(
        List.of(), Room.againstTheDirection(Rooms.CLASSES, Rooms.ALL), "Rooms says who may");
  }

  @Test
  void roomsFormNoCircle() {
    assertEquals(List.of(), Room.circles(Rooms.CLASSES, Rooms.ALL));
  }

  @Test
  void tensorsOperationsAndGraphKnowOfEachOtherWhatTheyMust() {
    assertEquals(
        List.of(),
        Rooms.pastTheDoors(Rooms.CLASSES, Rooms.WITHIN_TENSORS, Rooms.DOORS),
        "Rooms.DOORS says what and why");
    assertEquals(
        Set.of(), Rooms.openForNobody(Rooms.CLASSES, Rooms.WITHIN_TENSORS, Rooms.DOORS), "unused");
  }

  @Test
  void elementwiseOperationsAndParametersDoNotNeedEachOther() {
    check(doesNotUse(Elementwise.class, Parameter.class));
    check(doesNotUse(Parameter.class, Elementwise.class));
  }

  @Test
  void aPlantedCircleIsFound() {
    List<Room> rooms =
        List.of(
            Room.ofPackage("one", FIXTURES + "circle.one"),
            Room.ofPackage("two", FIXTURES + "circle.two"));
    List<String> circles = Room.circles(PLANTED, rooms);
    assertTrue(circles.toString().contains("one -> "), circles::toString);
    assertTrue(circles.toString().contains("two -> "), circles::toString);
  }

  @Test
  void aPlantedArrowPastTheDoorsIsFound() {
    Room one = Room.ofPackage("one", FIXTURES + "circle.one");
    Room two = Room.ofPackage("two", FIXTURES + "circle.two");
    List<Room> rooms = List.of(one, two);
    Rooms.Door there = Rooms.Door.of(one, two, "planted", "Two");
    Rooms.Door back = Rooms.Door.of(two, one, "planted", "Another");
    assertEquals(
        List.of(), Rooms.pastTheDoors(PLANTED, rooms, List.of(there, Rooms.Door.of(two, one, ""))));
    for (List<Rooms.Door> doors : List.of(List.of(there), List.of(there, back))) {
      List<String> arrows = Rooms.pastTheDoors(PLANTED, rooms, doors);
      assertTrue(arrows.getFirst().startsWith("two must not use one: "), arrows::toString);
      assertTrue(arrows.stream().noneMatch(arrow -> arrow.startsWith("one ")), arrows::toString);
    }
    assertEquals(
        Set.of("two to one: Another"), Rooms.openForNobody(PLANTED, rooms, List.of(there, back)));
  }

  @Test
  void aPlantedArrowAgainstTheDirectionIsFound() {
    Room lower = Room.ofPackage("lower", FIXTURES + "downwards.lower");
    Room upper = Room.ofPackage("upper", FIXTURES + "downwards.upper", lower);
    List<String> arrows = Room.againstTheDirection(PLANTED, List.of(lower, upper));
    assertTrue(arrows.getFirst().startsWith("lower must not use upper: "), arrows::toString);
    assertEquals(
        List.of(),
        Room.againstTheDirection(PLANTED, List.of(upper, Room.of("l", lower.holds(), upper))));
  }

  @Test
  void aPlantedClassWithoutARoomIsFound() {
    Room upper = Room.ofPackage("upper", FIXTURES + "downwards.upper");
    assertTrue(Room.homeless(PLANTED, List.of(upper)).contains(Lower.class.getName()));
  }

  @Test
  void onlyCompilationTouchesTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".internal.kernel.compilation")
            .and()
            .haveNameNotMatching(".*\\.(Float|Double)Squares") // vector kernels written by hand
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..")
            .because(
                "the module may be absent: then the scalar kernels do the work, and nothing else"
                    + " must fail to load"));
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
            .doNotHaveFullyQualifiedName(BASE + ".RecordParts")
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

  private static ArchRule doesNotUse(Class<?> from, Class<?> to) {
    return noClasses()
        .that()
        .belongToAnyOf(from)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(to)
        .because("what is written to parameters is an Update's business");
  }

  private static boolean isVisible(JavaCodeUnit unit) {
    Set<JavaModifier> modifiers = unit.getModifiers();
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static void check(ArchRule rule) {
    rule.check(Rooms.CLASSES);
  }
}
