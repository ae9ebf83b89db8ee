package dev.lanegrad.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.LanegradException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about troubles knows every exception, and its messages are those that come. */
class TroubleshootingTest {
  private static final String PAGE =
      GuidePages.read(GuidePages.ROOT.resolve("docs/troubleshooting.md"));

  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?m)^public (?:final )?class (\\w+)(?:<.*>)? extends \\w*(?:Exception|Error)\\b");

  private static final Pattern HEADING = Pattern.compile("(?m)^### `(\\w+)`$");

  static Stream<TroubleSample.Trouble> troubles() {
    return TroubleSample.ALL.stream();
  }

  /** The exceptions of all exported packages, from the sources. */
  private static Set<String> exported() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path source : exportedSources()) {
      Matcher exception = EXCEPTION.matcher(GuidePages.read(source));
      if (exception.find()) {
        names.add(exception.group(1));
      }
    }
    return names;
  }

  /** What users can see. */
  private static List<Path> exportedSources() throws IOException {
    return mainSources().stream()
        .filter(file -> !file.toString().matches(".*/(internal|examples|benchmarks)/.*"))
        .toList();
  }

  private static List<Path> mainSources() throws IOException {
    try (Stream<Path> files = Files.walk(GuidePages.ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .toList();
    }
  }

  @Test
  void everyExceptionHasItsSection() throws IOException {
    Set<String> sections =
        HEADING
            .matcher(PAGE)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(sections.contains(LanegradException.class.getSimpleName()));
    assertEquals(exported(), sections);
  }

  @Test
  void everyExceptionIsProvoked() throws IOException {
    Set<String> provoked =
        troubles()
            .map(trouble -> trouble.exception().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    provoked.add("LanegradException"); // what the others extend
    provoked.add("PropertyException"); // by options of java; PropertyReaderTest has its messages
    assertEquals(exported(), provoked);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aMessageIsTheOneThatComes(TroubleSample.Trouble trouble) {
    String message = TroubleSample.messageOf(trouble);
    String section = section(trouble.exception().getSimpleName());
    assertTrue(!message.isEmpty() && section.contains("\n" + message + "\n```"), message);
  }

  private static String section(String exception) {
    String rest = PAGE.substring(PAGE.indexOf("### `" + exception + "`"));
    int end = rest.indexOf("\n##", 1);
    return end < 0 ? rest : rest.substring(0, end);
  }

  /** What the scripts say to a user begins as the page has it. */
  @Test
  void everyMessageOfTheScriptsIsThere() throws IOException {
    String scripts =
        Files.readString(GuidePages.ROOT.resolve("run"))
            + Files.readString(GuidePages.ROOT.resolve("config/jdk"));
    List<String> messages =
        Pattern.compile("echo \"(?:run|\\$1): ([^\"]+)")
            .matcher(scripts)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertTrue(messages.size() > 8, messages::toString);
    List<String> missing =
        messages.stream()
            .map(message -> message.replaceAll("\\$.*", "").strip())
            .filter(beginning -> !PAGE.contains(beginning))
            .toList();
    assertEquals(List.of(), missing);
  }

  /** And what the page's tables quote stands in a source or a script. */
  @Test
  void everyMessageOfTheTablesIsSomewhere() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path source : mainSources()) {
      all.append(GuidePages.read(source).replaceAll("\"\\s*\\+\\s*\"", ""));
    }
    for (String script : List.of("run", "config/jdk", "mvnw")) {
      all.append(GuidePages.read(GuidePages.ROOT.resolve(script)));
    }
    String sources = all.toString();
    List<String> unknown =
        Pattern.compile("(?m)^\\| `([^`]+)` \\|")
            .matcher(PAGE)
            .results()
            .flatMap(row -> Stream.of(row.group(1).split("…")))
            .map(part -> part.strip())
            .filter(part -> !part.isEmpty() && !sources.contains(part))
            .toList();
    assertEquals(List.of(), unknown);
  }
}
