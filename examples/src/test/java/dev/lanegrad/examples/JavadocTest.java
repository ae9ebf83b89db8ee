package dev.lanegrad.examples;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.planted.Silent;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.loss.Loss;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.schedule.Schedule;
import dev.lanegrad.plots.Curves;
import dev.lanegrad.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users read above a method is complete: what it throws, and which shapes it takes. */
class JavadocTest {
  /** With a class of each, by which its classes are found. */
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "autodiff-core", Tensor.class,
          "layers", Layer.class,
          "optim", Rule.class,
          "training", Trainer.class,
          "plots", Curves.class);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackagesOf(MODULES.values().toArray(Class<?>[]::new));

  private static final Javadocs DOCS =
      Javadocs.of(MODULES.keySet().stream().map(JavadocTest::sources).toList());

  private static final Set<String> EXPORTED = exported();
  private static final Thrown THROWN = new Thrown(JavadocTest::isExported);

  /** What methods never throw, though helpers of theirs can: beginnings of faults, and why. */
  private static final Map<String, String> NEVER =
      Map.ofEntries(
          entry(
              "Autodiff#hessian(UnaryOperator, Tensor) throws StructureException",
              "a tensor is one"),
          entry(
              "Autodiff#valueAndGrad(UnaryOperator) throws StructureException", "a tensor is one"),
          entry("Gradients#norm", "float64 is made of all, and along axis 0 of a vector"),
          entry("Gradients#scale", "a number changes neither shape nor dtype"),
          entry("ReductionMethods#norm", "the order is 2"),
          entry("ShapeMethods#flatten", "the number of elements stays"),
          entry("Tensor#of(double[])", "the shape is that of the numbers"),
          entry("Tensor#of(float[])", "the shape is that of the numbers"),
          entry("Tensor#ofBooleans(boolean[])", "the shape is that of the elements"),
          entry("Tensor#ofDoubles(DType, double[])", "the shape is that of the numbers"),
          entry("Tensor#ofInts(int[])", "the shape is that of the numbers"),
          entry(
              "GRU#run(Tensor, Tensor) throws IllegalArgumentException",
              "a cell's formulas are its own"),
          entry(
              "LSTM#run(Tensor, Tensor, Tensor) throws IllegalArgumentException",
              "a cell's formulas are its own"),
          entry(
              "RNN#run(Tensor, Tensor) throws IllegalArgumentException",
              "a cell's formulas are its own"),
          entry(
              "RecurrentLayer#forward(Tensor) throws IllegalArgumentException",
              "a cell's formulas are its own"),
          entry(
              "RecurrentLayer#run(Tensor) throws IllegalArgumentException",
              "a cell's formulas are its own"),
          entry("Initializer#ones", "1 is finite"),
          entry("Initializer#zeros", "0 is finite"));

  private static Path sources(String module) {
    return Path.of("..", module, "src", "main", "java");
  }

  /** All that a module has where it says nothing of it. */
  private static Set<String> exported() {
    Pattern exports = Pattern.compile("exports ([\\w.]+);");
    Set<String> packages = new HashSet<>();
    MODULES.forEach(
        (module, any) -> {
          try {
            Path file = sources(module).resolve("module-info.java");
            String text =
                Files.exists(file)
                    ? Files.readString(file)
                    : "exports " + any.getPackageName() + ";";
            exports.matcher(text).results().forEach(found -> packages.add(found.group(1)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return packages;
  }

  private static boolean isExported(JavaClass type) {
    return EXPORTED.contains(type.getPackageName())
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(JavadocTest::isExported).orElse(true);
  }

  private static boolean isOpen(JavaCodeUnit unit) {
    Set<JavaModifier> modifiers = unit.getModifiers();
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !unit.getName().equals("toString")
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !modifiers.contains(JavaModifier.BRIDGE);
  }

  private static String name(JavaCodeUnit unit) {
    return unit.getOwner().getSimpleName() + "#" + unit.getName() + "(" + types(unit) + ")";
  }

  private static String types(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
        .map(type -> type.getSimpleName().replaceAll("^.*\\$", ""))
        .collect(Collectors.joining(", "));
  }

  private static String own(JavaCodeUnit unit, Javadocs docs) {
    return docs.ofMethod(unit.getOwner().getName(), unit.getName(), types(unit));
  }

  /** The comment of a method, and of those that it overrides. */
  private static String inherited(JavaCodeUnit unit, Javadocs docs) {
    List<JavaClass> above = new ArrayList<>(List.of(unit.getOwner()));
    above.addAll(unit.getOwner().getAllRawSuperclasses());
    above.addAll(unit.getOwner().getAllRawInterfaces());
    return above.stream()
        .map(type -> docs.ofMethod(type.getName(), unit.getName(), types(unit)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void whatIsThrownIsSaid() {
    Set<String> faults = new TreeSet<>();
    CLASSES.stream()
        .filter(JavadocTest::isExported)
        .forEach(type -> faults.addAll(notSaid(type, DOCS)));
    faults.removeIf(fault -> NEVER.keySet().stream().anyMatch(fault::startsWith));
    assertEquals("", String.join("\n", faults));
  }

  /** By the method, what it overrides or links to, the head of the class, or its constructors. */
  private static Set<String> notSaid(JavaClass type, Javadocs docs) {
    Set<String> faults = new TreeSet<>();
    String head = docs.ofClass(type.getName()) + docs.ofConstructors(type.getName());
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (isOpen(unit)) {
        String comments = inherited(unit, docs) + head;
        THROWN
            .by(unit)
            .forEach(
                (exception, maker) -> {
                  if (!says(comments, exception)) {
                    String thrown = exception.getSimpleName();
                    faults.add(name(unit) + " throws " + thrown + ", by " + maker);
                  }
                });
      }
    }
    return faults;
  }

  /** Whether an exception is named, or one that it is a kind of. */
  private static boolean says(String text, JavaClass exception) {
    return text.contains(exception.getSimpleName())
        || exception
            .getRawSuperclass()
            .filter(above -> !above.isEquivalentTo(RuntimeException.class))
            .map(above -> says(text, above))
            .orElse(false);
  }

  /** How a comment says which shapes go in and come out. */
  private static final Pattern SHAPES =
      Pattern.compile(
          "\\[[^\\]]*\\]|\\b(\\w+) -> \\1\\b|elementwise|each element|broadcast|(same|any) shape|no"
              + " axes|scalar",
          Pattern.CASE_INSENSITIVE);

  @Test
  void shapesAreSaid() {
    Set<String> faults = new TreeSet<>();
    CLASSES.stream()
        .filter(JavadocTest::isExported)
        .forEach(type -> faults.addAll(withoutShapes(type, DOCS)));
    assertEquals("", String.join("\n", faults));
    long count =
        CLASSES.stream()
            .filter(JavadocTest::isExported)
            .flatMap(type -> type.getMethods().stream())
            .filter(JavadocTest::makesTensorsOfTensors)
            .count();
    assertTrue(count > 200, count + " methods");
  }

  /** What a layer does to shapes is no matter of layers in general. */
  private static Set<String> withoutShapes(JavaClass type, Javadocs docs) {
    Set<String> faults = new TreeSet<>();
    for (JavaMethod method : type.getMethods()) {
      if (isOpen(method) && makesTensorsOfTensors(method)) {
        boolean isLayer = type.isAssignableTo(Layer.class);
        String comment = isLayer ? own(method, docs) : inherited(method, docs);
        if (!SHAPES.matcher(comment + docs.ofClass(type.getName())).find()) {
          faults.add(name(method));
        }
      }
    }
    return faults;
  }

  private static boolean makesTensorsOfTensors(JavaMethod method) {
    boolean takes =
        method.getOwner().isAssignableTo(Tensor.class)
            || method.getOwner().getSimpleName().endsWith("Methods")
            || method.getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(Tensor.class));
    return takes && method.getRawReturnType().isEquivalentTo(Tensor.class);
  }

  @Test
  void plantedSilenceIsFound() {
    JavaClass silent = new ClassFileImporter().importClasses(Silent.class).get(Silent.class);
    Javadocs docs = Javadocs.of(List.of(Path.of("src/test/java/dev/lanegrad/examples/planted")));
    assertEquals(
        Set.of("Silent#throwing(Tensor) throws ShapeException, by Silent.vector"),
        notSaid(silent, docs));
    assertEquals(Set.of("Silent#shapeless(Tensor)"), withoutShapes(silent, docs));
  }

  private static final Pattern OTHER_NAME = Pattern.compile("PyTorch: ((\\{@code [^}]*\\}(, )?)+)");
  private static final Pattern ROW = Pattern.compile("\n\\| `([^`]+)` \\| `([^`]+)` \\|");

  /** What PyTorch has by the same name needs no word; for what it has not, that is said. */
  @Test
  void classesSayWhatPyTorchCallsThem() {
    Set<String> faults = new TreeSet<>();
    int count = 0;
    for (JavaClass type : CLASSES) {
      if (isExported(type) && isOfPyTorchsKinds(type)) {
        count++;
        String head = DOCS.ofClass(type.getName());
        if (!PyTorchNames.CLASSES.contains(type.getSimpleName()) && !head.contains("PyTorch")) {
          faults.add(type.getSimpleName());
        }
      }
    }
    assertTrue(count > 100, count + " classes");
    assertEquals(Set.of(), faults, "say PyTorch: {@code Name}, or that PyTorch has none");
  }

  private static boolean isOfPyTorchsKinds(JavaClass type) {
    return !type.isInterface()
        && Stream.of(Layer.class, Loss.class, Rule.class, Schedule.class)
            .anyMatch(type::isAssignableTo);
  }

  /**
   * But for underscores, the place where PyTorch has it, and the way in which settings are made.
   */
  private static boolean isTheSame(String theirs, String ours) {
    String plain = theirs.replaceFirst("\\(.*", "").replaceFirst("^.*\\.", "").replace("_", "");
    return plain.equalsIgnoreCase(ours.replaceFirst("^with(?=[A-Z])", ""))
        && !hasOtherCapitals(theirs, ours);
  }

  /** {@code hardtanh} is our {@code hardTanh}. */
  private static boolean hasOtherCapitals(String theirs, String ours) {
    return theirs.matches("[a-z]+") && !theirs.equals(ours) && !ours.startsWith("with");
  }

  @Test
  void theGuideHasTheNamesOfTheComments() throws IOException {
    Set<String> said = new TreeSet<>();
    DOCS.comments()
        .forEach(
            (key, comment) -> {
              String ours = key.replaceFirst("\\(.*", "").replaceFirst("^.*[.#$]", "");
              OTHER_NAME
                  .matcher(comment)
                  .results()
                  .flatMap(found -> Stream.of(found.group(1).split("(?<=}), ")))
                  .map(name -> name.replaceAll("\\{@code |\\}", ""))
                  .filter(theirs -> !isTheSame(theirs, ours))
                  .forEach(theirs -> said.add(theirs + " | " + ours));
            });
    String guide = Files.readString(Path.of("..", "docs", "from-pytorch.md"));
    String table =
        guide.substring(guide.indexOf("## Other names"), guide.indexOf("## What differs"));
    Set<String> listed = new TreeSet<>();
    ROW.matcher(table).results().forEach(row -> listed.add(row.group(1) + " | " + row.group(2)));
    assertEquals(String.join("\n", said), String.join("\n", listed));
  }
}
