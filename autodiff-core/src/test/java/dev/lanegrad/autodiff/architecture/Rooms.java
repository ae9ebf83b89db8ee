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
import dev.lanegrad.autodiff.Slide;
import dev.lanegrad.autodiff.Spans;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import java.util.List;

/**
 * The rooms of autodiff-core, from the ground up. Rooms are packages, with two exceptions, both for
 * the sake of users, who find what they need in one package:
 *
 * <ul>
 *   <li>{@code types} are the small classes of the public package that say what a tensor is without
 *       being one, so that formulas, memory and kernels need not know tensors;
 *   <li>{@code tensors}, {@code op} and {@code internal.graph} know each other: methods of a tensor
 *       are operations, operations take and give tensors, and the graph records the one as made by
 *       the other. {@link #AROUND_TENSORS} says who may know whom there.
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
      belongToAnyOf(
              Shape.class, DType.class, Axes.class, TensorType.class, Slide.class, Spans.class)
          .or(assignableTo(LanegradException.class).and(resideInAPackage(BASE)))
          .as("shapes, dtypes, how windows slide, and exceptions");

  static final Room BASICS = Room.ofPackage("internal", INTERNAL);
  static final Room TYPES = Room.of("types", TYPES_OF_TENSORS, BASICS);
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
          "tensors, op, internal.graph",
          resideInAnyPackage(BASE, BASE + ".op", INTERNAL + ".graph")
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
  private static final Room GRAPH = Room.ofPackage("internal.graph", INTERNAL + ".graph");

  /** The three that know each other, one by one. */
  static final List<Room> WITHIN_TENSORS = List.of(TENSORS, OP, GRAPH);

  /**
   * What one of the three may use of another.
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

    private static Door of(Room from, Room to, String reason, String... classes) {
      return new Door(from, to, reason, List.of(classes));
    }
  }

  static final List<Door> DOORS =
      List.of(
          Door.of(TENSORS, OP, "a method of a tensor is an operation, and may be any"),
          Door.of(
              OP,
              TENSORS,
              "operations take tensors and give tensors, whose methods are in interfaces by kind;"
                  + " one writes to parameters",
              "Tensor",
              "ElementMethods",
              "ElementwiseMethods",
              "ReductionMethods",
              "ShapeMethods",
              "Parameter"),
          Door.of(
              OP,
              GRAPH,
              "operations pass the gate, with what they prepare for it; numbers of a tensor are"
                  + " reached through TensorAccess; slopes of singular values, which exist or not"
                  + " by their values, ask whether anything is recorded and take the way back",
              "Dispatch",
              "Prepared",
              "Write",
              "TensorAccess",
              "Recording",
              "ReversePass"),
          Door.of(
              GRAPH,
              OP,
              "the gate knows the kinds of operations, what they promise, and none of them",
              "Op",
              "PrimitiveOp",
              "ViewOp",
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

  /** Arrows between tensors, operations and graph that go through no door, in words. */
  static List<String> pastTheDoors(JavaClasses classes) {
    return Room.arrows(classes, WITHIN_TENSORS).stream()
        .filter(
            arrow ->
                DOORS.stream()
                    .filter(door -> door.leads(arrow))
                    .noneMatch(door -> door.isOpenTo(arrow.target())))
        .map(Room.Arrow::toString)
        .sorted()
        .toList();
  }
}
