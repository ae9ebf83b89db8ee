package dev.lanegrad.autodiff.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The picture of modules and rooms as Mermaid draws it: arrows as they are in the classes and in
 * the poms, without those that follow from others.
 */
final class RoomsMap {
  private static final Pattern MODULE = Pattern.compile("<module>([\\w-]+)</module>");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>lanegrad-([\\w-]+)</artifactId>");

  /** Modules that hold no part of the library. */
  private static final Set<String> AROUND = Set.of("bom", "consumer", "testing");

  private static final String CORE = "autodiff-core";
  private static final String KERNEL = "internal.kernel.";

  private final StringBuilder text = new StringBuilder("flowchart TD\n");

  private RoomsMap() {}

  static String draw(Path project) {
    RoomsMap map = new RoomsMap();
    map.arrows(modules(project));
    map.line("subgraph core [\"%s\"]", CORE);
    Rooms.ALL.stream()
        .map(Room::name)
        .filter(name -> !name.startsWith(KERNEL))
        .forEach(name -> map.line("  %s[\"%s\"]", id(name), name));
    map.line("  subgraph kernel [\"%s\"]", "internal.kernel");
    Rooms.ALL.stream()
        .map(Room::name)
        .filter(name -> name.startsWith(KERNEL))
        .forEach(name -> map.line("    %s", id(name)));
    map.line("  end");
    map.line("end");
    map.arrows(rooms());
    return map.text.toString();
  }

  private void line(String format, Object... values) {
    text.append("  ").append(String.format(Locale.ROOT, format, values)).append("\n");
  }

  private void arrows(Map<String, Set<String>> arrows) {
    withoutDetours(arrows)
        .forEach((from, targets) -> targets.forEach(to -> line("%s --> %s", id(from), id(to))));
  }

  /** What Mermaid calls a node. */
  private static String id(String name) {
    return name.equals(CORE) ? "core" : name.replaceFirst(",.*", "").replaceFirst(".*\\.", "");
  }

  static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    Rooms.ALL.forEach(room -> arrows.put(room.name(), new TreeSet<>()));
    for (Room.Arrow arrow : Room.arrows(Rooms.CLASSES, Rooms.ALL)) {
      arrows.get(arrow.from().name()).add(arrow.to().name());
    }
    return arrows;
  }

  static Map<String, Set<String>> modules(Path project) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (String module : all(MODULE, read(project.resolve("pom.xml")))) {
      if (!AROUND.contains(module)) {
        arrows.put(module, new TreeSet<>());
      }
    }
    arrows.forEach(
        (module, targets) -> {
          String pom = read(project.resolve(module).resolve("pom.xml"));
          for (String dependency : all(DEPENDENCY, pom)) {
            all(ARTIFACT, dependency).stream().filter(arrows::containsKey).forEach(targets::add);
          }
        });
    return arrows;
  }

  /** Arrows between nodes that no longer way connects. */
  static Map<String, Set<String>> withoutDetours(Map<String, Set<String>> arrows) {
    Map<String, Set<String>> direct = new TreeMap<>();
    arrows.forEach(
        (from, targets) -> {
          Set<String> left = new TreeSet<>(targets);
          for (String over : targets) {
            left.removeAll(reached(arrows, over));
          }
          direct.put(from, left);
        });
    return direct;
  }

  private static Set<String> reached(Map<String, Set<String>> arrows, String from) {
    Set<String> reached = new TreeSet<>(arrows.get(from));
    arrows.get(from).forEach(next -> reached.addAll(reached(arrows, next)));
    return reached;
  }

  private static List<String> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(found -> found.group(1)).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
