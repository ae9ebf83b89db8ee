package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Loops over vectors as Java source, compiled by javac: something to compare generated kernels with
 * that has nothing in common with the writer of kernels.
 */
final class LoopCompiler {
  private static final String TEMPLATE =
      """
      package dev.lanegrad.benchmarks;

      import jdk.incubator.vector.*;

      final class $NAME implements WrittenLoop {
        private static final VectorSpecies<$Boxed> S = $Numbers.SPECIES_PREFERRED;
        private static final VectorSpecies<$Bits> B = $Words.SPECIES_PREFERRED;

        @Override
        public void run(Object[] inputs, Object output, int size) {
      $ARRAYS    $number[] y = ($number[]) output;
      $CONSTANTS    for (int i = 0; i < size; i += S.length()) {
      $BODY    }
        }
      }
      """;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private LoopCompiler() {}

  /**
   * A loop.
   *
   * @param constants statements before the loop
   * @param body statements in it, which read inputs {@code x0}, {@code x1}, ... at index {@code i}
   *     and store a vector in {@code y}. {@code $Numbers}, {@code $Words}, {@code $number} and
   *     {@code $word} stand for the dtype's types, {@code S} and {@code B} for the species
   */
  static WrittenLoop compile(DType dtype, int inputs, String constants, String body) {
    String name = "GeneratedLoop" + NUMBER.incrementAndGet();
    String source = source(name, dtype, inputs, constants, body);
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.lookup().defineHiddenClass(bytecode(name, source), true);
      return (WrittenLoop)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("a loop written as source does not load:\n" + source, e);
    }
  }

  private static String source(
      String name, DType dtype, int inputs, String constants, String body) {
    boolean single = dtype == DType.FLOAT32;
    StringBuilder arrays = new StringBuilder();
    for (int k = 0; k < inputs; k++) {
      arrays.append(String.format(Locale.ROOT, "$number[] x%d = ($number[]) inputs[%d];\n", k, k));
    }
    return TEMPLATE
        .replace("$NAME", name)
        .replace("$ARRAYS", arrays.toString().indent(4))
        .replace("$CONSTANTS", constants.indent(4))
        .replace("$BODY", body.indent(6))
        .replace("$Numbers", single ? "FloatVector" : "DoubleVector")
        .replace("$Words", single ? "IntVector" : "LongVector")
        .replace("$Boxed", single ? "Float" : "Double")
        .replace("$Bits", single ? "Integer" : "Long")
        .replace("$number", single ? "float" : "double")
        .replace("$word", single ? "int" : "long");
  }

  private static byte[] bytecode(String name, String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("loops written as source need a JDK, with its compiler");
    }
    Path folder = Files.createTempDirectory("lanegrad-loop");
    Path file = folder.resolve(name + ".java");
    Path compiled = folder.resolve("dev/lanegrad/benchmarks/" + name + ".class");
    try {
      Files.writeString(file, source);
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      int code =
          compiler.run(
              null,
              null,
              errors,
              "-d",
              folder.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-proc:none",
              "--add-modules=jdk.incubator.vector",
              file.toString());
      if (code != 0) {
        throw new IllegalStateException(errors.toString(StandardCharsets.UTF_8));
      }
      return Files.readAllBytes(compiled);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
