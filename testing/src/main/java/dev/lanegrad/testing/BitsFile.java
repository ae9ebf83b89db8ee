package dev.lanegrad.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A file of bits: one line for each row of a module's tables in each dtype, sorted, with what the
 * row has given so far, and why that was ever changed.
 *
 * @param entries by {@link BitsEntry#key()}
 */
record BitsFile(SortedMap<String, BitsEntry> entries) {
  private static final String HEADER =
      "# row, dtype, hash of its outputs, hash of its gradients, reasons of changes: see CHANGELOG";

  static BitsFile of(Collection<BitsEntry> entries) {
    SortedMap<String, BitsEntry> byKey = new TreeMap<>();
    for (BitsEntry entry : entries) {
      if (byKey.put(entry.key(), entry) != null) {
        throw new IllegalArgumentException("two entries are called " + entry.key());
      }
    }
    return new BitsFile(byKey);
  }

  /** What a program has printed: rows that are called the same are numbered. */
  static BitsFile printed(String output) {
    Map<String, Integer> numbers = new HashMap<>();
    List<BitsEntry> entries = new ArrayList<>();
    output
        .lines()
        .map(BitsEntry::printed)
        .filter(Objects::nonNull)
        .forEach(entry -> entries.add(entry.numbered(numbers.merge(entry.key(), 1, Integer::sum))));
    return of(entries);
  }

  /** The entries of a file; none where there is no file yet. */
  static BitsFile read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return of(List.of());
    }
    try (Stream<String> lines = Files.lines(file)) {
      return of(lines.filter(line -> !line.startsWith("#")).map(BitsEntry::parse).toList());
    }
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    entries.values().forEach(entry -> lines.add(entry.toString()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** One line for each entry that is not that of the file: what it was, and what it is. */
  List<String> differencesFrom(BitsFile now) {
    Set<String> keys = new TreeSet<>(entries.keySet());
    keys.addAll(now.entries.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      BitsEntry old = entries.get(key);
      BitsEntry entry = now.entries.get(key);
      if (old == null) {
        differences.add(key + ": has no entry in the file");
      } else if (entry == null) {
        differences.add(key + ": is in the file, but in no table");
      } else if (!old.hasTheBitsOf(entry)) {
        differences.add(
            "%s: %s; %s"
                .formatted(
                    key,
                    change("outputs", old.outputs(), entry.outputs()),
                    change("gradients", old.gradients(), entry.gradients())));
      }
    }
    return differences;
  }

  private static String change(String what, String old, String now) {
    return old.equals(now) ? "the same " + what : "%s %s -> %s".formatted(what, old, now);
  }

  /**
   * The file as it is to be: entries that differ are changed for a reason, new ones come in, those
   * without a row go.
   *
   * @throws IllegalArgumentException if entries differ and the reason is that there were none
   */
  BitsFile changedTo(BitsFile now, String reason) {
    SortedMap<String, BitsEntry> changed = new TreeMap<>();
    for (Map.Entry<String, BitsEntry> each : now.entries.entrySet()) {
      BitsEntry old = entries.get(each.getKey());
      BitsEntry entry = each.getValue();
      changed.put(each.getKey(), old == null ? entry : changed(old, entry, reason));
    }
    return new BitsFile(changed);
  }

  private static BitsEntry changed(BitsEntry old, BitsEntry now, String reason) {
    if (old.hasTheBitsOf(now)) {
      return old;
    }
    if (reason.equals(BitsEntry.FIRST)) {
      throw new IllegalArgumentException(
          "%s gives other bits: \"%s\" is the reason of new entries only"
              .formatted(old.key(), reason));
    }
    return old.changedTo(now, reason);
  }

  /** Every reason for which an entry was ever changed. */
  Set<String> reasons() {
    Set<String> reasons = new TreeSet<>();
    entries.values().forEach(entry -> reasons.addAll(List.of(entry.reasons().split(","))));
    reasons.remove(BitsEntry.FIRST);
    return reasons;
  }
}
