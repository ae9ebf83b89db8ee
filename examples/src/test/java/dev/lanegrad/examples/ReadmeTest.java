package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SAMPLE =
      Path.of("src", "test", "java", "dev", "lanegrad", "examples", "ReadmeSample.java");

  @Test
  void theSampleInTheReadmeIsTheOneTestedHere() throws IOException {
    String source = Files.readString(SAMPLE);
    String shown = source.substring(source.indexOf("import "));

    assertTrue(
        Files.readString(README).contains("```java\n" + shown + "```\n"),
        () -> "README.md does not contain:\n" + shown);
  }

  @Test
  void theSampleLearnsExclusiveOr() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeSample.main();
    } finally {
      System.setOut(before);
    }
    String text = printed.toString(StandardCharsets.UTF_8);
    Matcher numbers = Pattern.compile("\\[([0-9.eE+-]+)]").matcher(text);
    for (int expected : new int[] {0, 1, 1, 0}) {
      assertTrue(numbers.find(), text);
      assertEquals(expected, Math.round(Double.parseDouble(numbers.group(1))), text);
    }
  }
}
