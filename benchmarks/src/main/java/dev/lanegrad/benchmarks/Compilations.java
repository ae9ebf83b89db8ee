package dev.lanegrad.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** What the JIT spent its time on, from the flight recorder's events. */
final class Compilations {
  private static final String EVENT = "jdk.Compilation";
  private static final int SHOWN = 40;

  private Compilations() {}

  /** Options of a JVM that records its compilations. */
  static List<String> recordingTo(Path file) {
    return List.of(
        "-XX:StartFlightRecording:settings=none,+%1$s#enabled=true,+%1$s#threshold=0ms,"
            .concat("filename=%2$s")
            .formatted(EVENT, file));
  }

  private static final class Spent {
    private int count;
    private double millis;
    private long bytes;
    private long inlined;
  }

  private record Key(String method, int tier) {}

  /** A table of methods and tiers, the costliest first. */
  static String in(Path recording) throws IOException {
    Map<Key, Spent> byMethod = new HashMap<>();
    Map<Integer, Spent> byTier = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      if (event.getEventType().getName().equals(EVENT)) {
        RecordedMethod method = event.getValue("method");
        String name = method.getType().getName() + "." + method.getName();
        int tier = event.getShort("compileLevel");
        add(byMethod.computeIfAbsent(new Key(name, tier), _ -> new Spent()), event);
        add(byTier.computeIfAbsent(tier, _ -> new Spent()), event);
      }
    }
    StringJoiner table = new StringJoiner("\n", "", "\n");
    table.add("| method | tier | times | ms | bytes inlined | code |\n|---|--:|--:|--:|--:|--:|");
    byTier.forEach((tier, spent) -> table.add(row("all", tier, spent)));
    List<Map.Entry<Key, Spent>> sorted = new ArrayList<>(byMethod.entrySet());
    sorted.sort(Comparator.comparingDouble(entry -> -entry.getValue().millis));
    sorted.stream()
        .limit(SHOWN)
        .forEach(e -> table.add(row(e.getKey().method, e.getKey().tier, e.getValue())));
    return table.toString();
  }

  private static void add(Spent spent, RecordedEvent event) {
    spent.count++;
    spent.millis += event.getDuration().toNanos() / 1e6;
    spent.bytes += event.getLong("codeSize");
    spent.inlined += event.getLong("inlinedBytes");
  }

  private static String row(String what, int tier, Spent spent) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %,.0f | %,d | %,d |",
        what,
        tier,
        spent.count,
        spent.millis,
        spent.inlined,
        spent.bytes);
  }
}
