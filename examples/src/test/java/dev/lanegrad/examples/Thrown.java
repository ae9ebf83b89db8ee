package dev.lanegrad.examples;

import static java.util.Comparator.comparing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import dev.lanegrad.autodiff.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which exceptions a method refuses arguments with: those that it makes, or that helpers make which
 * users cannot see, or the shape rules of the operations that it makes. What another exported
 * method throws is said there.
 */
final class Thrown {
  /** What throws where the library itself is wrong, or for reasons that are documented once. */
  private static final Set<String> ELSEWHERE =
      Set.of("Present", "UserCall", "Dispatch", "Autodiff", "Scopes");

  /** Of arguments that must be there, which all exported methods refuse alike. */
  private static final Set<String> ANYWHERE =
      Set.of(
          "NullPointerException",
          "MatchException",
          "NoSuchElementException",
          "UncheckedIOException");

  /** What these make means that the library is wrong, as its methods do not call them so. */
  private static final Set<String> OWN_FAULTS =
      Set.of(
          "Checks.inputs", // methods give as many inputs as an operation takes
          "ConvolutionChecks.dtype", // the same
          "Formula.apply", // what is rebuilt has as many arguments as before
          "Slot.update", // where there is no formula, nobody asks for it
          "Elements.half", // arrays of NumPy are written with 32 bits and more
          "LegacyRandom.nextInt"); // the bound of a shuffle is not negative

  private static final Set<String> ABSENT = Set.of("missing", "present", "requirePresent");

  private final Predicate<JavaClass> isExported;
  private final Map<JavaCodeUnit, Map<JavaClass, String>> known = new HashMap<>();

  Thrown(Predicate<JavaClass> isExported) {
    this.isExported = isExported;
  }

  /** The exceptions by their simple names, each with the method that makes it. */
  Map<JavaClass, String> by(JavaCodeUnit unit) {
    Map<JavaClass, String> before = known.get(unit);
    if (before != null) {
      return before;
    }
    Map<JavaClass, String> thrown = new TreeMap<>(comparing(JavaClass::getName));
    known.put(unit, thrown); // a method that calls itself throws what it throws
    for (JavaConstructorCall call : unit.getConstructorCallsFromSelf()) {
      JavaClass made = call.getTargetOwner();
      if (made.isAssignableTo(RuntimeException.class)
          && !OWN_FAULTS.contains(name(unit))
          && !unit.getOwner().isAssignableTo(Throwable.class)
          && !ANYWHERE.contains(made.getSimpleName())) {
        thrown.put(made, name(unit));
      }
      if (made.isAssignableTo(Op.class) && made.getPackageName().endsWith(".internal.op")) {
        made.getMethods().stream()
            .filter(method -> method.getName().equals("infer"))
            .forEach(rule -> thrown.putAll(by(rule)));
      }
    }
    Stream.of(unit.getCallsFromSelf(), unit.getMethodReferencesFromSelf())
        .flatMap(Set::stream)
        .filter(call -> isFollowed(unit, call))
        .flatMap(call -> call.getTarget().resolveMember().stream())
        .map(JavaCodeUnit.class::cast)
        .forEach(called -> thrown.putAll(by(called)));
    return thrown;
  }

  private static String name(JavaCodeUnit unit) {
    return unit.getOwner().getSimpleName() + "." + unit.getName();
  }

  private boolean isFollowed(JavaCodeUnit from, JavaCodeUnitAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    if (!owner.getPackageName().startsWith("dev.lanegrad")
        || ELSEWHERE.contains(owner.getSimpleName())
        || ABSENT.contains(call.getName())) {
      return false;
    }
    if (top(owner).equals(top(from.getOwner()))) {
      return true;
    }
    if (List.of("Axes", "Losses").contains(owner.getSimpleName())) {
      return true;
    }
    if (from.getOwner().getSimpleName().equals("Losses")) {
      return owner.getPackageName().endsWith(".loss");
    }
    return !isExported.test(owner) && !isFloor(owner.getPackageName());
  }

  /** Rooms whose exceptions say that something is wrong in the library or on the machine. */
  private static boolean isFloor(String name) {
    return Stream.of("kernel", "memory", "graph", "program", "settings")
        .anyMatch(room -> name.contains(".internal." + room));
  }

  private static String top(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
