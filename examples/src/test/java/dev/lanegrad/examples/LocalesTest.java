package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.plots.Picture;
import dev.lanegrad.testing.OtherJvm;
import dev.lanegrad.training.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.binary.Base64OutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.io.output.AppendableOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is printed, and what is refused, is the same in every language. */
class LocalesTest {
  @TempDir private static Path folder;

  private static String english;

  private static String run(String options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Dlanegrad.threads=1"));
    all.addAll(List.of("-Dlanegrad.kernels=scalar", "-XX:+UseSerialGC"));
    all.addAll(List.of(options.split(" ")));
    List<Class<?>> needed =
        List.of(
            Main.class,
            Tensor.class,
            Layer.class,
            Optimizer.class,
            Dataset.class,
            Picture.class,
            CSVFormat.class,
            AppendableOutputStream.class,
            Base64OutputStream.class,
            CommandLine.class);
    String output = new OtherJvm(all, needed).run(TextOfEveryKind.class, folder.toString());
    assertTrue(output.replace("\r", "").endsWith("end\n"), output);
    return output;
  }

  /** The line about the locale. */
  private static String locale(String output) {
    return output.lines().filter(line -> line.startsWith("locale ")).findFirst().orElseThrow();
  }

  private static String withoutLocale(String output) {
    return output.replace(locale(output), "");
  }

  @BeforeAll
  static void runInEnglish() throws Exception {
    english = run("-Duser.language=en -Duser.country=US");
  }

  @Test
  void itIsAboutNumbers() {
    assertTrue(english.contains("203,530 parameters"), english);
    assertTrue(english.contains("\"parameters\":410"), english);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG -Dfile.encoding=US-ASCII",
        "-Duser.language=fa -Duser.country=IR -Duser.timezone=Asia/Kathmandu"
      })
  void otherDigitsChangeNothing(String locale) throws Exception {
    assertAsInEnglish(locale);
  }

  @ParameterizedTest
  @Tag("thorough")
  @ValueSource(
      strings = {
        "-Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva",
        "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9"
      })
  void otherLanguagesChangeNothing(String locale) throws Exception {
    assertAsInEnglish(locale);
  }

  private static void assertAsInEnglish(String locale) throws Exception {
    String output = run(locale);
    assertNotEquals(locale(english), locale(output));
    assertEquals(withoutLocale(english), withoutLocale(output));
  }
}
