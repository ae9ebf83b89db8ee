package dev.lanegrad.autodiff.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A package, or some classes of one, and the rooms that its classes may use. A room can only name
 * rooms that there are already, so no circle can be written down.
 *
 * @param name as the map has it
 * @param holds which classes are in it
 * @param uses what it may depend on besides itself
 */
record Room(String name, DescribedPredicate<JavaClass> holds, List<Room> uses) {
  static Room of(String name, DescribedPredicate<JavaClass> holds, Room... uses) {
    return new Room(name, holds, List.of(uses));
  }

  /** A room that is all of a package, and not of the packages below it. */
  static Room ofPackage(String name, String packageName, Room... uses) {
    return of(name, JavaClass.Predicates.resideInAPackage(packageName), uses);
  }

  /** The arrow from a class in one room to a class in another. */
  record Arrow(Room from, Room to, Dependency dependency) {
    boolean isAllowed() {
      return from.uses.contains(to);
    }

    JavaClass target() {
      return dependency.getTargetClass().getBaseComponentType();
    }

    @Override
    public String toString() {
      return from.name + " must not use " + to.name + ": " + dependency.getDescription();
    }
  }

  /** All arrows between rooms. */
  static List<Arrow> arrows(JavaClasses classes, List<Room> rooms) {
    Function<JavaClass, Optional<Room>> room = finder(rooms);
    List<Arrow> arrows = new ArrayList<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        Room a = room.apply(from).orElse(null);
        Room b = room.apply(dependency.getTargetClass().getBaseComponentType()).orElse(null);
        if (a != null && b != null && !a.name.equals(b.name)) {
          arrows.add(new Arrow(a, b, dependency));
        }
      }
    }
    return arrows;
  }

  /** Arrows that no room allows, in words. */
  static List<String> againstTheDirection(JavaClasses classes, List<Room> rooms) {
    return arrows(classes, rooms).stream()
        .filter(arrow -> !arrow.isAllowed())
        .map(Arrow::toString)
        .sorted()
        .toList();
  }

  /** Classes that are in no room, or in several. */
  static Set<String> homeless(JavaClasses classes, List<Room> rooms) {
    return classes.stream()
        .filter(c -> rooms.stream().filter(room -> room.holds.test(c)).count() != 1)
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Circles between rooms as they are, whatever is allowed. */
  static List<String> circles(JavaClasses classes, List<Room> rooms) {
    Function<JavaClass, Optional<Room>> room = finder(rooms);
    SliceAssignment byRoom =
        new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return room.apply(javaClass)
                .map(r -> SliceIdentifier.of(r.name))
                .orElse(SliceIdentifier.ignore());
          }

          @Override
          public String getDescription() {
            return "rooms";
          }
        };
    return SlicesRuleDefinition.slices()
        .assignedFrom(byRoom)
        .namingSlices("$1")
        .should()
        .beFreeOfCycles()
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }

  private static Function<JavaClass, Optional<Room>> finder(List<Room> rooms) {
    return c -> rooms.stream().filter(room -> room.holds.test(c)).findFirst();
  }
}
