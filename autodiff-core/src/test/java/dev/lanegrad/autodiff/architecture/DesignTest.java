package dev.lanegrad.autodiff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final Pattern NAMES = Pattern.compile("[`\"]([A-Z]\\w+)(?:\\.([a-z]\\w+))?[`\"]");
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

  /** {@code Dispatch.look} is a method look of a class Dispatch, in any module. */
  @Test
  void whatTheDocumentNamesIsThere() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : RoomsMap.modules(PROJECT).keySet()) {
      try (var files = Files.walk(PROJECT.resolve(module).resolve("src"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, RoomsMap.read(file), String::concat);
        }
      }
    }
    List<String> missing = new ArrayList<>();
    Matcher names = NAMES.matcher(DOCUMENT);
    while (names.find()) {
      String source = sources.get(names.group(1));
      String member = names.group(2);
      boolean isThere =
          source != null && (member == null || isMember(member, names.group(1), source, sources));
      if (!isThere) {
        missing.add(names.group());
      }
    }
    assertEquals(List.of(), missing);
  }

  /** Methods of a tensor stand in the interfaces whose names end so. */
  private static boolean isMember(
      String member, String type, String source, Map<String, String> sources) {
    Pattern declared = Pattern.compile("\\b%s\\b".formatted(member));
    return declared.matcher(source).find()
        || (type.equals("Tensor")
            && sources.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("Methods"))
                .anyMatch(entry -> declared.matcher(entry.getValue()).find()));
  }
}
