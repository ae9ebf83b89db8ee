package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Task TASK = new OperationTask(Operation.EXP, DType.FLOAT32, 4);

  /** Does next to nothing, a hundred times in a run, and prints what nobody asked for. */
  static final class Fake implements Contestant {
    private volatile int[] kept = {};
    private int calls;

    public static void main(String... arguments) throws IOException {
      System.out.println("a warning of the JVM");
      Worker.serve(System.in, System.out, new Fake());
    }

    @Override
    public String description() {
      return "fake " + System.getenv("FAKE_NAME");
    }

    @Override
    public Work prepare(Task task) {
      if (!task.equals(TASK)) {
        throw new IllegalArgumentException("cannot do " + task.key());
      }
      return new Work(
          () -> {
            kept = new int[25_000];
            calls += kept.length / 250;
            System.err.println("noise");
          },
          100,
          () -> calls > 0 ? 42 : 0);
    }
  }

  private static WorkerProcess start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Fake.class.getName());
    return new WorkerProcess("a fake", command, Map.of("FAKE_NAME", "Ada"), true);
  }

  @Test
  void aProcessAnswersWhatItIsAsked() throws IOException {
    try (WorkerProcess process = start()) {
      process.announce(List.of(TASK), 0, 0);

      assertEquals("fake Ada", process.awaitReady());
      double nanos = process.time(TASK);
      assertTrue(nanos > 0 && nanos < 1e9);
      assertEquals(42, process.check(TASK));
      double bytes = process.bytes(TASK);
      assertTrue(bytes > 1_000 && bytes < 100_000, "a hundredth of 100 KB: " + bytes);
    }
  }

  @Test
  void aProcessThatFailsSaysWhy() throws IOException {
    try (WorkerProcess process = start()) {
      process.announce(List.of(new PeakTask(DType.FLOAT32)), 0, 0);
      String message = assertThrows(IOException.class, process::awaitReady).getMessage();
      assertTrue(message.startsWith("the process of a fake ended:"), message);
      assertTrue(message.contains("cannot do peak FLOAT32"), message);
    }
  }

  @Test
  void aProcessThatDoesNotStartSaysWhy() throws IOException {
    List<String> command =
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "no.such.Main");
    try (WorkerProcess process = new WorkerProcess("nobody", command, Map.of(), false)) {
      String message =
          assertThrows(
                  IOException.class,
                  () -> {
                    process.announce(List.of(TASK), 0, 0);
                    process.awaitReady();
                  })
              .getMessage();
      assertTrue(message.contains("no.such.Main"), message);
    }
  }

  /** As where another checkout's library is older than the benchmarks. */
  @Test
  void whatCannotBeLinkedIsNotANumber() throws IOException {
    Contestant older =
        new Contestant() {
          @Override
          public String description() {
            return "older";
          }

          @Override
          public Work prepare(Task task) {
            return Work.of(
                () -> {
                  throw new NoSuchMethodError("Formula.exp()");
                });
          }
        };
    String input = "0 0\n" + TASK.key() + "\n\ntime " + TASK.key() + "\ncheck " + TASK.key() + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Worker.serve(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        older);

    assertEquals(
        List.of("answer: older", "answer: NaN", "answer: NaN"),
        out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void whatWasNotAnnouncedIsRefused() {
    String input = "0 0\n" + TASK.key() + "\n\ntime peak FLOAT32\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Worker.serve(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new Fake()))
            .getMessage();
    assertEquals("no task \"peak FLOAT32\" was announced", message);
    assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void aContenderHasTheOptionsOfItsParentAndItsOwn() {
    List<String> command =
        WorkerProcess.command(
            Contender.LANEGRAD_2,
            List.of("-Xmx1g", "-Dlanegrad.kernels=scalar", "-Dlanegrad.threads=7"),
            "some.jar");

    assertEquals("-Xmx1g", command.get(1));
    assertTrue(command.contains("-Dlanegrad.threads=2"));
    assertTrue(command.contains("-Dlanegrad.kernels=vector"));
    assertTrue(!command.contains("-Dlanegrad.kernels=scalar"));
    assertTrue(!command.contains("-Dlanegrad.threads=7"));
    assertEquals(
        List.of("-cp", "some.jar", Lanegrad.class.getName()),
        command.subList(command.size() - 3, command.size()));
    assertTrue(
        WorkerProcess.command(Contender.UNVECTORIZED, List.of(), "").contains("-XX:-UseSuperWord"));
  }

  @Test
  void librariesInCAreToldHowManyThreadsToUse() {
    assertEquals("2", Contender.OPENBLAS_2.environment().get("OPENBLAS_NUM_THREADS"));
    assertEquals("2", Contender.MKL_2.environment().get("MKL_NUM_THREADS"));
    assertEquals(Contender.MKL_2, Contender.MKL.onTwoThreads());
    assertEquals("1", Contender.PYTORCH.environment().get("OMP_NUM_THREADS"));
    assertEquals(Map.of(), Contender.LANEGRAD_2.environment());
    assertEquals(Contender.PYTORCH_2, Contender.PYTORCH.onTwoThreads());
    assertThrows(IllegalStateException.class, Contender.SCALAR::onTwoThreads);
  }
}
