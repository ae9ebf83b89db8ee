package dev.lanegrad.examples.guide;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide shows what its samples print, is short, and links to what is there. */
class GuideTest {
  private static final int MOST_LINES = 200;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** What the samples of a page print, in its order. */
  private static final Map<String, List<Runnable>> PRINTING =
      Map.of(
          "getting-started.md", StartSample.PRINTING,
          "tensors-and-gradients.md", TensorSample.PRINTING,
          "gradients.md", TensorSample.GRADIENTS,
          "formulas-and-operations.md", FormulaSample.PRINTING,
          "layers.md", LayersSample.PRINTING,
          "layers-in-use.md", LayersSample.IN_USE,
          "optimizers.md", RulesSample.PRINTING,
          "data.md", DatasetSample.PRINTING,
          "training.md", TrainerSample.PRINTING,
          "checking-gradients.md", CheckSample.PRINTING);

  static Stream<Path> pages() {
    return GuidePages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageIsShort(Path page) {
    long lines = GuidePages.read(page).lines().count();
    assertTrue(lines < MOST_LINES, () -> page + " has " + lines + " lines");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToWhatIsThere(Path page) {
    List<String> dead = new ArrayList<>();
    Matcher link = LINK.matcher(GuidePages.prose(GuidePages.read(page)));
    while (link.find()) {
      if (!link.group(1).startsWith("https://") && !leadsSomewhere(page, link.group(1))) {
        dead.add(link.group(1));
      }
    }
    assertEquals(List.of(), dead);
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1 || GuidePages.anchors(GuidePages.read(target)).contains(parts[1]));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageShowsWhatItsSamplesPrint(Path page) {
    String shown =
        GuidePages.blocks(GuidePages.read(page)).stream()
            .filter(block -> block.language().equals("text"))
            .map(GuidePages.Block::text)
            .collect(joining());
    String name = page.getFileName().toString();
    if (name.equals("troubleshooting.md")) {
      return; // has a test of its own
    }
    String printed =
        PRINTING.getOrDefault(name, List.of()).stream().map(GuideTest::printed).collect(joining());
    assertEquals(withoutTrailingSpaces(printed), withoutTrailingSpaces(shown));
  }

  private static String withoutTrailingSpaces(String text) {
    return text.lines().map(String::stripTrailing).collect(joining("\n"));
  }

  static String printed(Runnable sample) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      sample.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyBlockSaysWhatItIs() {
    Set<String> languages = new TreeSet<>();
    for (Path page : GuidePages.inDocs()) {
      GuidePages.blocks(GuidePages.read(page)).forEach(block -> languages.add(block.language()));
    }
    // the map in design.md, which a test of autodiff-core compares with the classes
    languages.removeAll(Set.of("java", "text", "sh", "xml", "mermaid"));
    assertEquals(Set.of(), languages, "of these nobody knows whether they are true");
  }

  @Test
  void readmeLinksEveryPage() {
    String readme = GuidePages.read(GuidePages.README);
    List<String> missing =
        GuidePages.inDocs().stream()
            .map(page -> "(docs/" + page.getFileName() + ")")
            .filter(link -> !readme.contains(link))
            .toList();
    assertEquals(List.of(), missing);
  }
}
