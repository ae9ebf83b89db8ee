package dev.lanegrad.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinWriterTest {
  private static final String SOURCE =
      """
      package p;

      import dev.lanegrad.autodiff.internal.Twins;
      import jdk.incubator.vector.FloatVector;

      /** The loops of {@link Sums} over floats, FLOAT32 or float32, not over what floats. */
      @Twins({double.class, int.class})
      final class FloatSums {
        static final float LARGEST = Float.MAX_VALUE;
        static final DType DTYPE = DType.FLOAT32;

        static float sum(float[] values, float from) {
          return from + 0f + 1F / asFloat(values[0]) + floatValue(0x3f, 10, values.lengthOf);
        }
      }
      """;

  @TempDir private Path folder;
  private Path sources;
  private Path twins;

  @BeforeEach
  void makeFolders() throws IOException {
    sources = Files.createDirectories(folder.resolve("src/p"));
    twins = folder.resolve("twins");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(sources.resolve(name), text);
    TwinWriter.write(folder.resolve("src"), twins);
  }

  @Test
  void everyWordThatSaysFloatSaysDouble() throws IOException {
    write("FloatSums.java", SOURCE);
    assertEquals(
        """
        // Written by the build from FloatSums.java: change that.
        package p;

        import jdk.incubator.vector.DoubleVector;

        /** The loops of {@link Sums} over doubles, FLOAT64 or float64, not over what doubles. */
        final class DoubleSums {
          static final double LARGEST = Double.MAX_VALUE;
          static final DType DTYPE = DType.FLOAT64;

          static double sum(double[] values, double from) {
            return from + 0.0 + 1.0 / asDouble(values[0]) + doubleValue(0x3f, 10, values.lengthOf);
          }
        }
        """,
        Files.readString(twins.resolve("p/DoubleSums.java")));
  }

  @Test
  void intsHaveABoxOfAnotherName() throws IOException {
    write("FloatSums.java", SOURCE);
    String ints = Files.readString(twins.resolve("p/IntSums.java"));
    assertTrue(ints.contains("static final int LARGEST = Integer.MAX_VALUE;"), ints);
    assertTrue(ints.contains("from + 0 + 1 / asInt(values[0])"), ints);
    assertTrue(ints.contains("DType.INT32"), ints);
  }

  @Test
  void fractionsKeepTheirDigits() throws IOException {
    String fractions = "x = 1.5f + .25f + 1e-3f + 0x1p-24f + 3e5f + b.e4f + f1f;\n";
    write("FloatSums.java", SOURCE.replace("int.class", "boolean.class").replace("}\n}", "}\n}"));
    write("FloatNumbers.java", "@Twins(double.class)\nclass FloatNumbers {}\n// " + fractions);
    String doubles = Files.readString(twins.resolve("p/DoubleNumbers.java"));
    assertTrue(doubles.contains("x = 1.5 + .25 + 1e-3 + 0x1p-24 + 3e5 + b.e4f + f1f;\n"), doubles);
    assertThrows(
        IllegalArgumentException.class,
        () -> write("FloatNumbers.java", "@Twins(int.class)\nclass FloatNumbers {}\n// 1.5f\n"));
  }

  @Test
  void onlyMarkedClassesHaveTwins() throws IOException {
    write("FloatSums.java", SOURCE.replace("@Twins({double.class, int.class})\n", ""));
    assertFalse(Files.exists(twins.resolve("p/DoubleSums.java")));
    assertEquals(
        "@Twins: takes double.class, int.class and boolean.class, not long.class",
        assertThrows(
                IllegalArgumentException.class,
                () -> write("FloatSums.java", SOURCE.replace("int.class", "long.class")))
            .getMessage());
  }

  @Test
  void whatHasNoSourceAnyMoreIsDeleted() throws IOException {
    write("FloatSums.java", SOURCE);
    write("FloatSums.java", SOURCE.replace("{double.class, int.class}", "int.class"));
    assertFalse(Files.exists(twins.resolve("p/DoubleSums.java")));
    assertTrue(Files.exists(twins.resolve("p/IntSums.java")));
  }

  /** Maven may run on an older JDK than the one that the project is compiled with. */
  @Test
  void thatOfMavenIsEnough() {
    Path source = Path.of("src/main/java/dev/lanegrad/testing/TwinWriter.java");
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                messages,
                messages,
                "--release",
                "17",
                "-proc:none",
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, code, () -> messages.toString(StandardCharsets.UTF_8));
  }
}
