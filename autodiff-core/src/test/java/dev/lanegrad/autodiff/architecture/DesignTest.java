package dev.lanegrad.autodiff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document of the design shows the rooms there are. */
class DesignTest {
  private static final Path PROJECT = Path.of("..");
  private static final String DOCUMENT = RoomsMap.read(PROJECT.resolve("docs/design.md"));
  private static final Pattern MAP = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

  @Test
  void theMapIsThatOfTheClasses() throws IOException {
    String map = RoomsMap.draw(PROJECT);
    Path file = Path.of("target", "rooms.mmd");
    Files.writeString(file, map);
    Matcher shown = MAP.matcher(DOCUMENT);
    assertTrue(shown.find(), "docs/design.md shows no map");
    assertEquals(
        map, shown.group(1), "docs/design.md has to show what stands in autodiff-core/" + file);
  }

  @Test
  void everyRoomAndModuleIsDescribed() {
    List<String> missing = new ArrayList<>();
    List<String> names = new ArrayList<>(RoomsMap.modules(PROJECT).keySet());
    for (Room room : Rooms.ALL) {
      names.addAll(List.of(room.name().split(", ")));
    }
    for (String name : names) {
      if (!DOCUMENT.contains("\n| `" + name + "` |")) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing, "docs/design.md has a row for each");
  }

  /** What the map leaves out can still be reached on it. */
  @Test
  void theMapLeavesOutWhatFollowsOnly() {
    Map<String, Set<String>> arrows =
        Map.of("a", Set.of("b", "c", "d"), "b", Set.of("c"), "c", Set.of("d"), "d", Set.of());
    assertEquals(
        Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("d"), "d", Set.of()),
        RoomsMap.withoutDetours(arrows));
  }

  /** A newcomer reads what a room of kernels is for without turning a page. */
  @Test
  void internalPackagesSayInTenLinesWhoMayCallThem() throws IOException {
    Path sources = Path.of("src", "main", "java", "dev", "lanegrad", "autodiff", "internal");
    List<String> wrong = new ArrayList<>();
    try (var files = Files.walk(sources)) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        Path info = folder.resolve("package-info.java");
        if (isEmpty(folder)) {
          continue;
        }
        String text = Files.exists(info) ? RoomsMap.read(info) : "";
        String words = text.replaceAll("\\s+\\*?\\s*", " ");
        boolean complete =
            List.of("In: ", "Out: ", "Called by ").stream().allMatch(words::contains);
        if (!complete || text.lines().count() > 10) {
          wrong.add(info.toString());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }
}
