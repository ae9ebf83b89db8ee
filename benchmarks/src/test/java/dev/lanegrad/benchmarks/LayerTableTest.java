package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTableTest {
  @Test
  void byHandALayerGivesTheSameBits() {
    for (LayerCase layer : LayerCase.values()) {
      Work own = new LayerTask(false, layer).prepare();
      Work byHand = new LayerTask(true, layer).prepare();
      double expected = own.check().getAsDouble();

      assertTrue(expected > 0, layer.toString());
      assertEquals(expected, byHand.check().getAsDouble(), layer.toString());
      own.run().run();
      byHand.run().run();
    }
  }

  @Test
  void aTrainerMakesTheStepsOfABareLoop() {
    Row row = LayerTable.rows().getLast();
    assertEquals(new TrainerTask(false), row.probes().getFirst().task());
    assertEquals(new TrainerTask(true), row.probes().getLast().task());
    double expected = new TrainerTask(true).prepare().check().getAsDouble();
    assertTrue(expected > 0 && expected < 2.2, () -> "loss " + expected);
    assertEquals(expected, new TrainerTask(false).prepare().check().getAsDouble());
  }

  @Test
  void aLayerCostsWhatItTakesLongerInTheSameRound() {
    Row row = LayerTable.rows().getFirst();
    Samples samples = new Samples();
    samples.startLaunch();
    for (double[] nanos :
        List.of(new double[] {10, 7}, new double[] {30, 29}, new double[] {9, 5})) {
      samples.add(nanos);
    }

    LayerCost cost = LayerTable.cost(row, samples);

    assertEquals(new LayerCost(new LayerTask(false, LayerCase.LINEAR), 10, 7, 3), cost);
  }
}
