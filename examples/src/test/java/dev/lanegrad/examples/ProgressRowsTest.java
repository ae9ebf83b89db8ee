package dev.lanegrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.Losses;
import dev.lanegrad.training.Batch;
import dev.lanegrad.training.Callback;
import dev.lanegrad.training.DataLoader;
import dev.lanegrad.training.Limit;
import dev.lanegrad.training.Trainer;
import dev.lanegrad.training.TrainerState;
import dev.lanegrad.training.data.Points2d;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProgressRowsTest {
  /** What eleven steps of .4 s with a report after the fifth and the tenth print between them. */
  private static List<String> lines(String... arguments) {
    TrainingOptions options = CommandLine.populateCommand(new TrainingOptions(), arguments);
    StringWriter out = new StringWriter();
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000_000); // nanoTime may overflow
    options.watch().betweenReports(
        new ProgressRows(new PrintWriter(out), state -> "step " + state.step(), 8, 5, clock::get));
    Linear layer = new Linear(2, 2, new SplittableRandom(1));
    Trainer<Batch> trainer =
        Trainer.supervised(layer, options.optimizer(layer, 0.01), Losses::crossEntropy)
            .reportEvery(5)
            .callbacks(
                new Callback() {
                  @Override
                  public void onStep(TrainerState state) {
                    clock.addAndGet(400_000_000);
                  }
                });
    DataLoader data = new DataLoader(Points2d.moons(20, 0.1, 1), 10);
    options.fit(trainer, "", null, 0.01, data, Limit.steps(11));
    return out.toString().lines().toList();
  }

  @Test
  void aRowStandsInTheColumnsAfterHalfASecondAndASecondWithoutAReport() {
    List<String> lines = lines();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(
        lines.getFirst().matches("  step 2   \\d\\.\\d{4} {5} {2}\\d\\.\\d\\d"), lines::toString);
    assertTrue(lines.get(1).startsWith("  step 5   "), lines::toString);
    assertTrue(lines.getLast().startsWith("  step 8   "), lines::toString);
  }

  @Test
  void withoutProgressNothingIsSaid() {
    assertEquals(List.of(), lines("--no-progress"));
  }
}
