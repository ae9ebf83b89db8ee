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
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.loss.Loss;
import dev.lanegrad.optim.Rule;
import dev.lanegrad.optim.schedule.Schedule;
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
  private static final List<String> MODULES =
      List.of("autodiff-core", "layers", "optim", "training", "plots");

  private static final String FOLDER = System.getProperty("classes", "classes");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream().map(name -> Path.of("..", name, "target", FOLDER)).toList());

  private static final Javadocs DOCS = Javadocs.of(MODULES);
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
          entry("Initializer#ones", "1 is finite"),
          entry("Initializer#zeros", "0 is finite"));

  private static Set<String> exported() {
    Pattern exports = Pattern.compile("exports ([\\w.]+);");
    Set<String> packages = new HashSet<>();
    try {
      for (String module : MODULES) {
        Path file = Path.of("..", module, "src", "main", "java", "module-info.java");
        if (Files.exists(file)) {
          exports.matcher(Files.readString(file)).results().forEach(r -> packages.add(r.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private static String own(JavaCodeUnit unit) {
    return DOCS.ofMethod(unit.getOwner().getName(), unit.getName(), types(unit));
  }

  private static String name(JavaCodeUnit unit) {
    return unit.getOwner().getSimpleName() + "#" + unit.getName() + "(" + types(unit) + ")";
  }

  private static String types(JavaCodeUnit unit) {
    return unit.getRawParameterTypes().stream()
        .map(type -> type.getSimpleName().replaceAll("^.*\\$", ""))
        .collect(Collectors.joining(", "));
  }

  /** The comment of a method, and of those that it overrides. */
  private static String text(JavaCodeUnit unit) {
    List<JavaClass> above = new ArrayList<>(List.of(unit.getOwner()));
    above.addAll(unit.getOwner().getAllRawSuperclasses());
    above.addAll(unit.getOwner().getAllRawInterfaces());
    return above.stream()
        .map(type -> DOCS.ofMethod(type.getName(), unit.getName(), types(unit)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void whatIsThrownIsSaid() {
    Set<String> faults = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!isExported(type)) {
        continue;
      }
      String head = DOCS.ofClass(type.getName()) + DOCS.ofConstructors(type.getName());
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (!isOpen(unit)) {
          continue;
        }
        String comment = text(unit);
        for (Map.Entry<JavaClass, String> thrown : THROWN.by(unit).entrySet()) {
          if (!says(comment + head, thrown.getKey())) {
            String exception = thrown.getKey().getSimpleName();
            faults.add(name(unit) + " throws " + exception + ", by " + thrown.getValue());
          }
        }
      }
    }
    faults.removeIf(fault -> NEVER.keySet().stream().anyMatch(fault::startsWith));
    assertEquals("", String.join("\n", faults));
  }

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
    int count = 0;
    for (JavaClass type : CLASSES) {
      for (JavaMethod method : type.getMethods()) {
        if (isExported(type) && isOpen(method) && makesTensorsOfTensors(method)) {
          count++;
          boolean isForward = type.isAssignableTo(Layer.class);
          String comment = isForward ? own(method) : text(method);
          if (!SHAPES.matcher(comment + DOCS.ofClass(type.getName())).find()) {
            faults.add(name(method));
          }
        }
      }
    }
    assertTrue(count > 200, count + " methods");
    assertEquals("", String.join("\n", faults));
  }

  private static boolean makesTensorsOfTensors(JavaMethod method) {
    boolean takes =
        method.getOwner().isAssignableTo(Tensor.class)
            || method.getOwner().getSimpleName().endsWith("Methods")
            || method.getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(Tensor.class));
    return takes && method.getRawReturnType().isEquivalentTo(Tensor.class);
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
