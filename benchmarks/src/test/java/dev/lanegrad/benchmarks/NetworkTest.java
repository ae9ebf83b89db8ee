package dev.lanegrad.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void aWordSaysWhatAnExamplePassesThrough() {
    Network network = new Network("9x7x2-8c3s2p1-m2-5-3");

    assertEquals(List.of(2, 9, 7), network.input());
    assertEquals(
        List.of(
            new Part.Convolution(List.of(2, 9, 7), 8, 3, 2, 1, 1),
            new Part.Relu(List.of(8, 5, 4)),
            new Part.MaxPool(List.of(8, 5, 4), 2),
            new Part.Flatten(List.of(32)),
            new Part.Linear(32, 5),
            new Part.Relu(List.of(5)),
            new Part.Linear(5, 3)),
        network.parts());
    assertEquals(3, network.outputs());
  }

  @Test
  void weightsHaveTheShapesOfPyTorch() {
    List<Part.Weighted> parts = new Network("9x7x2-8c3-4").weighted();

    assertEquals(List.of(8, 2, 3, 3), parts.get(0).weight());
    assertEquals(18, parts.get(0).fanIn());
    assertEquals(List.of(4, 280), parts.get(1).weight());
    assertEquals(280, parts.get(1).fanIn());
  }

  @Test
  void groupsAndTransposedConvolutions() {
    List<Part.Weighted> parts = new Network("6x5x4-8c3p1g2-6t4s2p1").weighted();

    assertEquals(List.of(8, 2, 3, 3), parts.get(0).weight());
    assertEquals(new Part.Transposed(List.of(8, 6, 5), 6, 4, 2, 1), parts.get(1));
    assertEquals(List.of(8, 6, 4, 4), parts.get(1).weight());
    assertEquals(List.of(6, 12, 10), parts.get(1).output());
  }

  @Test
  void theModelOfMnist1dHasItsParameters() {
    int count = 0;
    for (Part.Weighted part : new Network("40x1-25c5s2p1-25c3s2p1-25c3s2p1-10").weighted()) {
      count += Part.product(part.weight()) + part.out();
    }
    assertEquals(5_210, count);
  }

  @Test
  void otherWordsAreNoLayers() {
    assertEquals("no layer \"m\"", message("8-m"));
    assertEquals("no layer \"3c\"", message("8x1-3c"));
    assertEquals("no layer \"\"", message("8-"));
  }

  private static String message(String word) {
    return assertThrows(IllegalArgumentException.class, () -> new Network(word).parts())
        .getMessage();
  }
}
