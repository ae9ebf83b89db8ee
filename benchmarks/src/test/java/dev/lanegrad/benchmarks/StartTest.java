package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @Test
  void steadyIsWhatStaysNearTheEnd() {
    Steadiness steadiness = new Steadiness(1);
    double now = 1;
    for (int i = 0; i < 400; i++) {
      double step = i < 40 ? 0.05 : 0.01; // two seconds of slow steps, then 3.6 of fast ones
      now += i == 200 ? 0.2 : step; // one that was disturbed
      steadiness.reach(now);
    }
    assertEquals(10_000, steadiness.micros(), 1);
    assertEquals(3.2, steadiness.since(), 0.25);
  }

  @Test
  void whatGetsSlowerIsNeverSteady() {
    Steadiness steadiness = new Steadiness(0);
    double now = 0;
    for (int i = 1; i < 100; i++) {
      now += 0.01 * Math.pow(1.1, i);
      steadiness.reach(now);
    }
    assertTrue(Double.isNaN(steadiness.since()));
    assertTrue(Double.isNaN(new Steadiness(0).micros()));
  }

  @Test
  void figuresAreReadAsTheyWereTold() {
    String steady = "1.3:0.002 1.5:0.002 1.7:0.001 1.9:0.001 2.1:0.001";
    StartFigures figures = StartFigures.parse("1.0 2.0 3.0 NaN 7.0 " + steady);
    assertEquals(
        "| a | 1 | java | 1.00 s | 2.00 s | 3.00 s |  | 1,000 us | 1.70 s | 7.00 s |",
        figures.row("a", "1", "java"));
    StartFigures early = StartFigures.parse("0.5 1.0 2.0 3.0 NaN ");
    assertEquals(1, StartFigures.median(List.of(early, figures, figures)).first());
    assertTrue(Double.isNaN(early.since()));
  }

  @Test
  void aTrainingOfPythonHasTheSameArguments() throws Exception {
    List<String> command = Python.start(Contender.TORCH, 2, List.of("1", "20", "4", "2-8-2"));
    assertEquals(List.of("torch", "2", "1", "20", "4", "2-8-2"), command.subList(2, 8));
    assertTrue(Options.parse("--start", "--python").python());
  }

  @Test
  void aTrainingTellsItsStart(@TempDir Path folder) throws Exception {
    Path recording = folder.resolve("start.jfr");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(Compilations.recordingTo(recording));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StartProgram.class.getName());
    long started = System.currentTimeMillis();
    command.addAll(List.of(Long.toString(started), "0.1", "4", "2-8-2"));
    List<String> lines = Commands.lines(command);
    String line = lines.getLast();
    assertTrue(line.startsWith(StartProgram.ANSWER), () -> String.join("\n", lines));
    StartFigures figures = StartFigures.parse(line.substring(StartProgram.ANSWER.length()));
    double elapsed = (System.currentTimeMillis() - started) / 1e3;
    assertTrue(0 < figures.first() && figures.first() <= elapsed, line);
    assertTrue(figures.jit() > 0, line);
    String table = Compilations.in(recording);
    assertTrue(table.contains("| all | 3 |"), table);
    assertTrue(table.contains("dev.lanegrad.autodiff."), table);
  }
}
