package dev.lanegrad.autodiff.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanegrad.autodiff.Axes;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rooms of autodiff-core, from the ground up. Rooms are packages, with two exceptions, both for
 * the sake of users, who find what they need in one package:
 *
 * <ul>
 *   <li>{@code types} are the small classes of the public package that say what a tensor is without
 *       being one, so that formulas, memory and kernels need not know tensors;
 *   <li>{@code tensors}, {@code op}, {@code internal.op} and {@code internal.graph} know each
 *       other: methods of a tensor are operations, operations take and give tensors, and the graph
 *       records the one as made by the other. {@link #AROUND_TENSORS} says who may know whom there.
 * </ul>
 */
final class Rooms {
  static final String BASE = "dev.lanegrad.autodiff";

  private static final String INTERNAL = BASE + ".internal";
  private static final String KERNEL = INTERNAL + ".kernel.";

  /** What the build made of the main sources. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Tensor.class.getProtectionDomain().getCodeSource().getLocation());

  static final DescribedPredicate<JavaClass> TYPES_OF_TENSORS =
      belongToAnyOf(Shape.class, DType.class, Axes.class, TensorType.class)
          .or(resideInAPackage(BASE + ".internal.types"))
          .or(assignableTo(LanegradException.class).and(resideInAPackage(BASE)))
          .as("shapes, dtypes, how windows slide, and exceptions");

  static final Room BASICS = Room.ofPackage("internal", INTERNAL);
  static final Room TYPES = Room.of("types, internal.types", TYPES_OF_TENSORS, BASICS);
  static final Room SETTINGS = Room.ofPackage("internal.settings", INTERNAL + ".settings", TYPES);

  /** Recipes of the table are programs, and templates of kernels are made of formulas. */
  static final Room FORMULA =
      Room.of(
          "formula, internal.program",
          resideInAnyPackage(BASE + ".formula", INTERNAL + ".program"),
          BASICS,
          TYPES);

  static final Room MEMORY = Room.ofPackage("internal.memory", INTERNAL + ".memory", BASICS, TYPES);

  static final Room ARRAYS = kernels("arrays", BASICS, TYPES, MEMORY);
  static final Room THREADS = kernels("threads", BASICS, SETTINGS);
  static final Room COMPILATION = kernels("compilation", BASICS, TYPES, SETTINGS, FORMULA);

  static final Room LOOPS =
      kernels("loops", BASICS, TYPES, SETTINGS, FORMULA, MEMORY, ARRAYS, THREADS, COMPILATION);

  static final Room COPYING = kernels("copying", BASICS, TYPES, ARRAYS, COMPILATION);

  static final Room PRODUCTS =
      kernels("products", BASICS, TYPES, SETTINGS, MEMORY, ARRAYS, THREADS, COMPILATION, COPYING);

  static final Room CONVOLUTION =
      kernels("convolution", BASICS, TYPES, SETTINGS, ARRAYS, THREADS, COMPILATION, COPYING);

  static final Room POOLING = kernels("pooling", BASICS, TYPES, ARRAYS, THREADS, COMPILATION);

  static final Room AROUND_TENSORS =
      Room.of(
          "tensors, op, internal.op, internal.graph",
          resideInAnyPackage(BASE, BASE + ".op", INTERNAL + ".op", INTERNAL + ".graph")
              .and(DescribedPredicate.not(TYPES_OF_TENSORS)),
          BASICS,
          TYPES,
          SETTINGS,
          FORMULA,
          MEMORY,
          ARRAYS,
          THREADS,
          COMPILATION,
          LOOPS,
          COPYING,
          PRODUCTS,
          CONVOLUTION,
          POOLING);

  static final Room CHECK = Room.ofPackage("check", BASE + ".check", BASICS, TYPES, AROUND_TENSORS);

  static final List<Room> ALL =
      List.of(
          BASICS,
          TYPES,
          SETTINGS,
          FORMULA,
          MEMORY,
          ARRAYS,
          THREADS,
          COMPILATION,
          LOOPS,
          COPYING,
          PRODUCTS,
          CONVOLUTION,
          POOLING,
          AROUND_TENSORS,
          CHECK);

  private static final Room TENSORS =
      Room.of("tensors", resideInAPackage(BASE).and(DescribedPredicate.not(TYPES_OF_TENSORS)));

  private static final Room OP = Room.ofPackage("op", BASE + ".op");
  private static final Room OPERATIONS = Room.ofPackage("internal.op", INTERNAL + ".op");
  private static final Room GRAPH = Room.ofPackage("internal.graph", INTERNAL + ".graph");

  /** The four that know each other, one by one. */
  static final List<Room> WITHIN_TENSORS = List.of(TENSORS, OP, OPERATIONS, GRAPH);

  /**
   * What one of the four may use of another.
   *
   * @param classes by their simple names; all if there are none
   */
  record Door(Room from, Room to, String reason, List<String> classes) {
    boolean leads(Room.Arrow arrow) {
      return arrow.from().name().equals(from.name()) && arrow.to().name().equals(to.name());
    }

    boolean isOpenTo(JavaClass target) {
      String name = target.getName().substring(target.getPackageName().length() + 1);
      return classes.isEmpty() || classes.contains(name.replaceFirst("\\$.*", ""));
    }

    static Door of(Room from, Room to, String reason, String... classes) {
      return new Door(from, to, reason, List.of(classes));
    }
  }

  static final List<Door> DOORS =
      List.of(
          Door.of(TENSORS, OPERATIONS, "a method of a tensor is an operation, and may be any"),
          Door.of(
              TENSORS,
              OP,
              "methods of a tensor are formulas and folds too, a norm is an operation of its own,"
                  + " and parameters are updated"),
          Door.of(OPERATIONS, OP, "the operations there are do what op says of any"),
          Door.of(
              OP,
              OPERATIONS,
              "a product takes the function that follows it, as convolutions do; formulas say how"
                  + " compositions run them",
              "Epilogue",
              "Parts"),
          Door.of(
              OP,
              TENSORS,
              "operations take tensors and give tensors; one writes to parameters",
              "Tensor",
              "Parameter"),
          Door.of(
              OPERATIONS,
              TENSORS,
              "operations take tensors and give tensors",
              "Tensor",
              "ElementMethods"),
          Door.of(
              OP,
              GRAPH,
              "operations pass the gate, with what they prepare for it; arrays of a tensor are"
                  + " reached through Views",
              "Dispatch",
              "Prepared",
              "Write",
              "Views"),
          Door.of(
              OPERATIONS,
              GRAPH,
              "compositions read numbers at the gate; arrays of a tensor are reached through Views;"
                  + " what follows a product, and slopes of singular values, which exist or not by"
                  + " their values, ask whether anything is recorded; those take the way back",
              "Dispatch",
              "Views",
              "Recording",
              "ReversePass"),
          Door.of(
              GRAPH,
              OP,
              "the gate knows the kinds of operations and what they promise, none of them",
              "Op",
              "PrimitiveOp",
              "CompositeOp",
              "Call",
              "Outputs",
              "Saved"),
          Door.of(
              GRAPH,
              TENSORS,
              "nodes connect tensors, a parameter is named where it became NaN, and what was"
                  + " recorded is shown as a view",
              "Tensor",
              "Parameter",
              "GraphView"),
          Door.of(
              TENSORS,
              GRAPH,
              "a tensor has a node; what differentiates goes the way back; what records, searches"
                  + " for NaN or draws turns that on",
              "Node",
              "TensorAccess",
              "Recording",
              "ReversePass",
              "Anomaly",
              "GraphRecorder"));

  private Rooms() {}

  private static Room kernels(String name, Room... uses) {
    return Room.ofPackage("internal.kernel." + name, KERNEL + name, uses);
  }

  /** Arrows between rooms that know each other which go through no door, in words. */
  static List<String> pastTheDoors(JavaClasses classes, List<Room> rooms, List<Door> doors) {
    return Room.arrows(classes, rooms).stream()
        .filter(
            arrow ->
                doors.stream()
                    .filter(door -> door.leads(arrow))
                    .noneMatch(door -> door.isOpenTo(arrow.target())))
        .map(Room.Arrow::toString)
        .sorted()
        .toList();
  }

  /** Classes that a door is open to, and that nobody goes through it to. */
  static Set<String> openForNobody(JavaClasses classes, List<Room> rooms, List<Door> doors) {
    List<Room.Arrow> arrows = Room.arrows(classes, rooms);
    Set<String> unused = new TreeSet<>();
    for (Door door : doors) {
      for (String name : door.classes) {
        Door narrow = new Door(door.from, door.to, door.reason, List.of(name));
        if (arrows.stream().noneMatch(a -> narrow.leads(a) && narrow.isOpenTo(a.target()))) {
          unused.add(door.from.name() + " to " + door.to.name() + ": " + name);
        }
      }
    }
    return unused;
  }
}
