package dev.lanegrad.autodiff.internal.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads system properties. A value that does not fit counts as the usual one and is remembered as a
 * problem: whoever reads does so while a class is initialised, where an exception would come out as
 * an ExceptionInInitializerError, and as a NoClassDefFoundError from then on.
 */
final class PropertyReader {
  private static final String PREFIX = "lanegrad";

  /** Read by the tests of this project only. */
  private static final Set<String> OF_TESTS =
      Set.of("lanegrad.samples", "lanegrad.bits.reason", "lanegrad.surface");

  private final Map<String, String> given = new TreeMap<>();
  private final Set<String> known = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();

  PropertyReader(Properties properties) {
    for (String name : properties.stringPropertyNames()) {
      if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        given.put(name, properties.getProperty(name));
      }
    }
  }

  /** One of some words, in upper or lower case. */
  String choice(String property, String usual, String... others) {
    String value = read(property, usual).toLowerCase(Locale.ROOT);
    if (value.equals(usual) || List.of(others).contains(value)) {
      return value;
    }
    return refused(property, value, "none of " + usual + ", " + String.join(", ", others), usual);
  }

  boolean flag(String property) {
    return choice(property, "false", "true").equals("true");
  }

  /** A number from 1 to 999. */
  int count(String property, int usual) {
    String value = read(property, "");
    if (!given.containsKey(property)) { // the usual case, without a regular expression
      return usual;
    }
    return value.matches("[1-9][0-9]{0,2}")
        ? Integer.parseInt(value)
        : refused(property, value, "no number from 1 to 999", usual);
  }

  /** So many whole numbers with a comma between each two; empty for none. */
  String numbers(String property, int count) {
    String value = read(property, "");
    return value.isEmpty() || value.matches("[0-9]{1,5}(,[0-9]{1,5}){" + (count - 1) + "}")
        ? value
        : refused(
            property,
            value,
            String.format(Locale.ROOT, "not %d numbers between commas", count),
            "");
  }

  /** A folder, made if it is not there; empty for none. */
  String folder(String property) {
    String value = read(property, "");
    try {
      if (value.isEmpty() || Files.isWritable(Files.createDirectories(Path.of(value)))) {
        return value;
      }
    } catch (IOException | InvalidPathException e) {
      // said below
    }
    return refused(property, value, "no folder that can be made and written to", "");
  }

  private String read(String property, String usual) {
    known.add(property);
    return given.getOrDefault(property, usual);
  }

  private <T> T refused(String property, String value, String why, T usual) {
    problems.add("system property %s: \"%s\" is %s".formatted(property, value, why));
    return usual;
  }

  /** What does not fit, empty if all does. */
  String problem() {
    return String.join("; ", problems);
  }

  /** What nobody has read: a misspelt name; empty if there is none. */
  String remark() {
    Set<String> unread = new TreeSet<>(given.keySet());
    unread.removeAll(known);
    unread.removeAll(OF_TESTS);
    return unread.isEmpty()
        ? ""
        : "no such system property: %s, which changes nothing; there are %s"
            .formatted(String.join(", ", unread), String.join(", ", known));
  }
}
