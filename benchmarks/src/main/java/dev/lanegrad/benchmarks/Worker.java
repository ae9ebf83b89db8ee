package dev.lanegrad.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The side of a process that times slots when it is told to. It reads for how many seconds to warm
 * up, at least and at most, then the {@linkplain Task#key keys} of its tasks and an empty line; it
 * warms up and says who it is. After that it answers one request a line, until its input ends:
 *
 * <pre>
 * time KEY    nanoseconds a call, over one slot
 * check KEY   the task's number to compare
 * bytes KEY   bytes that a call allocates, on all threads
 * </pre>
 *
 * Of a task that this process's library has not what it takes for, every answer is NaN.
 *
 * <p>Answers begin with {@link #ANSWER}; all else that a process prints is not for the reader.
 */
final class Worker {
  static final String ANSWER = "answer: ";
  static final String TIME = "time ";
  static final String CHECK = "check ";
  static final String BYTES = "bytes ";

  /** Of an answer about allocations, which is the middle one: now and then something is set up. */
  private static final int BATCHES = 15;

  private static final long NANOS_OF_A_BATCH = 50_000_000;

  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Set<String> impossible = new HashSet<>();

  private Worker() {}

  /** Does what it reads until there is nothing more. */
  static void serve(InputStream input, PrintStream out, Contestant contestant) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    String[] seconds = String.valueOf(in.readLine()).split(" ", -1);
    Worker worker = new Worker();
    for (String key = in.readLine(); key != null && !key.isEmpty(); key = in.readLine()) {
      worker.prepare(key, contestant);
    }
    contestant.prepareForLongRun();
    Warming.settle(
        worker.slots.values(), Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
    out.println(ANSWER + contestant.description());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(ANSWER + worker.answer(line));
    }
  }

  /** A library that is older or newer than the benchmarks shows itself when it is linked. */
  private void prepare(String key, Contestant contestant) {
    try {
      Work work = contestant.prepare(Task.of(key));
      work.run().run();
      works.put(key, work);
      slots.put(key, new Slot(work));
    } catch (LinkageError _) {
      impossible.add(key);
    }
  }

  private double answer(String request) {
    int space = request.indexOf(' ') + 1;
    String key = request.substring(space);
    if (impossible.contains(key)) {
      return Double.NaN;
    }
    Work work = works.get(key);
    Slot slot = slots.get(key);
    if (work == null || slot == null) {
      throw new IllegalArgumentException("no task \"%s\" was announced".formatted(key));
    }
    return switch (request.substring(0, space)) {
      case TIME -> slot.time();
      case CHECK -> work.check().getAsDouble();
      case BYTES -> allocated(work);
      default -> throw new IllegalArgumentException("no request \"%s\"".formatted(request));
    };
  }

  private static double allocated(Work work) {
    double[] bytes = new double[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      bytes[i] = allocatedInBatch(work);
    }
    return Samples.median(bytes);
  }

  private static double allocatedInBatch(Work work) {
    com.sun.management.ThreadMXBean threads =
        ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
    long start = System.nanoTime();
    long before = threads.getTotalThreadAllocatedBytes();
    int runs = 0;
    do {
      work.run().run();
      runs++;
    } while (System.nanoTime() - start < NANOS_OF_A_BATCH);
    long bytes = threads.getTotalThreadAllocatedBytes() - before;
    return (double) bytes / runs / work.calls();
  }
}
