package dev.lanegrad.examples.guide;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README and the guide tell to type is what {@code config/fresh-clone} runs. */
class FreshCloneTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```");

  /** How a line for a shell begins. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(\\./|config/|\\.ci/|\\$\\(|(java|javac|jshell|mvn|git|bash|sh|curl) |LANEGRAD_)[^\n]*");

  private static Set<String> known() throws IOException, InterruptedException {
    Process list = new ProcessBuilder("bash", "../config/fresh-clone", "--list").start();
    String output = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, list.waitFor());
    return new TreeSet<>(output.lines().toList());
  }

  private static Set<String> commandsOf(String text) {
    String withoutBlocks = BLOCK.matcher(text).replaceAll("");
    Stream<String> inLines = CODE.matcher(withoutBlocks).results().map(code -> code.group(1));
    Stream<String> inBlocks =
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> !Set.of("java", "xml", "text").contains(block.group(1)))
            .flatMap(block -> block.group(2).lines());
    Set<String> commands = new TreeSet<>();
    Stream.concat(inLines, inBlocks)
        .map(line -> line.replaceAll("\\s+#.*", "").strip())
        .filter(line -> COMMAND.matcher(line).matches())
        .forEach(commands::add);
    return commands;
  }

  @Test
  void everyCommandIsKnown() throws IOException, InterruptedException {
    Set<String> shown = commandsOf(GuidePages.text());
    assertTrue(shown.size() > 15, shown::toString);
    Set<String> unknown = new TreeSet<>(shown);
    unknown.removeAll(known());
    assertEquals(
        Set.of(),
        unknown,
        "config/fresh-clone has no line for these commands of README or the guide");
    Set<String> gone = known();
    gone.removeAll(shown);
    assertEquals(Set.of(), gone, "config/fresh-clone has lines for commands that stand nowhere");
  }

  @Test
  void commandsAreFoundWhereverTheyStand() {
    String text =
        """
        Type `./run x` or `y`, not `Tensor.of`; `LANEGRAD_A=1` too.
        ```
        ./mvnw verify      # long
        Output
        ```
        ```java
        ./run z
        ```
        ```sh
        $(config/jdk)/bin/java -version
        jshell --add-modules a
        ```
        """;
    assertEquals(
        Set.of(
            "./run x",
            "LANEGRAD_A=1",
            "./mvnw verify",
            "$(config/jdk)/bin/java -version",
            "jshell --add-modules a"),
        commandsOf(text));
  }

  /** Every option in the tables of an example stands in a line of the script. */
  @ParameterizedTest
  @ValueSource(strings = {"mnist1d", "digits", "transformer", "optimizers", "tune"})
  void everyOptionOfAnExampleIsUsed(String example) throws IOException {
    int found = usedOptions("| `./run " + example + "` |", "./run " + example);
    assertTrue(found > 4, () -> found + " options of " + example);
  }

  @Test
  void everyOptionOfAllTrainingsIsUsed() throws IOException {
    int found = usedOptions("| all three |", "./run transformer");
    assertTrue(found > 6, () -> found + " options");
  }

  /** How many options a table of the guide has, all of which the lines of a command have too. */
  private static int usedOptions(String head, String command) throws IOException {
    String guide = GuidePages.text();
    String table = guide.substring(guide.indexOf(head));
    String lines =
        Files.readString(Path.of("..", "config", "fresh-clone"))
            .lines()
            .filter(line -> line.contains(command))
            .collect(joining(" ", "", " "));
    Set<String> options =
        Pattern.compile("--[a-z][a-z-]*")
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map(option -> option.group())
            .collect(Collectors.toCollection(TreeSet::new));
    options.remove("--data"); // there are no files of MNIST in a clone
    Set<String> unused = new TreeSet<>(options);
    unused.removeIf(option -> lines.contains(option + " "));
    assertEquals(Set.of(), unused, "options in no line of config/fresh-clone");
    return options.size();
  }
}
