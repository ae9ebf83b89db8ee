package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** L4.7: deep ReLU networks and the number of their linear regions. */
final class LinearRegions {
  private static final int UNITS = 10;
  private static final int LAYERS = 5;
  private static final int SEEDS = 20;

  /** Far enough for nearly every joint of a random network. */
  private static final double FAR = 1e4;

  private LinearRegions() {}

  private static int regions(Sequential network) {
    return Joints.between(-FAR, FAR, Joints.hidden(network)).length + 1;
  }

  static void run(Notebook notebook) {
    notebook.text(
        """
        A deep network composes shallow ones: h1 = a[β0 + Ω0 x], h_k = a[β_{k-1} + Ω_{k-1} \
        h_{k-1}], y = β_K + Ω_K h_K, with a[z] = max(0, z). Every Ω has as many rows as the next \
        layer has units and as many columns as this one.\
        """);
    parameters(notebook);
    notebook.text(
        """
        Over one input the first layer makes D + 1 regions. In each of them the second layer's \
        units are again D lines, which cut it into D + 1 pieces at most, and so on: at most \
        (D + 1)^K regions for K layers of D units. For 5 layers of 10 units that is 11^5 = \
        161,051; the lecture prints 161,501, with two digits exchanged. The number is reached: a \
        layer can fold the line so that all its D + 1 pieces lie on each other, and whatever the \
        layers above make of the folded line appears in each of them. Counting the joints of such \
        a network, one by one, gives the number below, all from 471 parameters.\
        """);
    List<List<Object>> rows = new ArrayList<>();
    for (int k = 1; k <= LAYERS; k++) {
      rows.add(row(k));
    }
    double folded = (Integer) rows.getLast().get(2);
    notebook.slip("regions of 5 layers of 10 units at most", "161,501", folded);
    notebook.claim(
        "the lecture's 161,501 is a slip: 11^5 is 161,051, and so many regions are counted",
        folded == Math.pow(UNITS + 1, LAYERS));
    notebook.table(
        "Linear regions of K layers of 10 units",
        List.of("K", "bound 11^K", "folding network", "random networks, mean", "most of them"),
        rows);
    notebook.claim(
        "the folding network has as many regions as the bound allows",
        rows.stream().allMatch(row -> row.get(1).equals(row.get(2))));
    notebook.claim(
        "its output turns at every joint: no two neighbours are one region",
        Joints.turnEverywhere(FoldingNetwork.of(LAYERS, UNITS), FAR));
    notebook.claim(
        "no random network has more than the bound allows",
        rows.stream().allMatch(row -> (Integer) row.get(4) <= (Integer) row.get(1)));
    notebook.text(
        """
        Networks with random weights (He initialisation, 20 seeds) are nowhere near the bound: \
        they have about as many regions as units, whatever the depth. The bound says what depth \
        can do, not what it usually does.\
        """);
    notebook.claim(
        "random networks have fewer than three regions for each hidden unit",
        rows.stream().allMatch(row -> (Integer) row.get(4) < 3 * UNITS * (Integer) row.get(0)));
    FoldedLines.draw(notebook, UNITS);
  }

  private static void parameters(Notebook notebook) {
    SplittableRandom random = new SplittableRandom(7);
    notebook.number(
        "parameters, 1 input, 5 layers of 10 units, 1 output",
        "471",
        Count.parameters(DeepNetwork.of(1, LAYERS, UNITS, random)));
    notebook.number(
        "parameters, 10 inputs, 5 layers of 50 units, 1 output",
        "10,801",
        Count.parameters(DeepNetwork.of(10, LAYERS, 50, random)));

    notebook.claim(
        "the general equation, written out, gives what the layers give",
        DeepNetwork.isTheEquation(DeepNetwork.of(10, LAYERS, 50, random), random));
  }

  private static List<Object> row(int layers) {
    int[] counts =
        IntStream.range(0, SEEDS)
            .map(seed -> regions(DeepNetwork.of(1, layers, UNITS, new SplittableRandom(seed))))
            .toArray();
    return List.of(
        layers,
        (int) Math.pow(UNITS + 1, layers),
        regions(FoldingNetwork.of(layers, UNITS)),
        Arrays.stream(counts).average().orElseThrow(),
        Arrays.stream(counts).max().orElseThrow());
  }
}
