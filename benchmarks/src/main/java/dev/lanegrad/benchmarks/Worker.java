package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.KernelInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A JVM of one kind of kernels. It warms all rows up, says so, and then times a slot of each row
 * that it reads the {@linkplain Row#key key} of, until its input ends. Its answers begin with
 * {@link #ANSWER}; all else that a JVM prints is not for the reader.
 */
final class Worker {
  static final String ANSWER = "answer: ";

  private Worker() {}

  /** Started by {@link Bench} only. */
  public static void main(String... arguments) throws IOException {
    PrintStream out = System.out;
    Map<String, Slot> slots = new HashMap<>();
    for (Row row : Row.table()) {
      slots.put(row.key(), new Slot(row.prepare()));
      Row reference = row.reference();
      if (reference != null) {
        slots.computeIfAbsent(reference.key(), _ -> new Slot(reference.prepare()));
      }
    }
    Warming.pollute();
    Warming.settle(slots.values());
    out.println(ANSWER + KernelInfo.kernels() + " " + KernelInfo.lanes(DType.FLOAT32));

    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String key = in.readLine(); key != null; key = in.readLine()) {
      Slot slot = slots.get(key);
      if (slot == null) {
        throw new IllegalArgumentException("no row " + key);
      }
      out.println(ANSWER + slot.time());
    }
  }
}
