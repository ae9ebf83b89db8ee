package dev.lanegrad.examples.lectures.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.examples.lectures.RecordedNotebook;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RepresentationLecturesTest {
  private static double cell(List<? extends List<?>> table, int row, int column) {
    return ((Number) table.get(row).get(column)).doubleValue();
  }

  @Test
  void booleanFunctions() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.1");
    notebook.assertNumber("functions of two inputs that one unit computes", 14);
    notebook.assertNumber("weights and biases of the XOR network", 9);
    notebook.assertNumber("hidden units", 6);
    notebook.assertNumber("rows of the table that the network gets right", 32);
    notebook.assertClaimed(
        "one unit computes AND",
        "one unit computes OR",
        "one unit computes all of them but XOR and its negation",
        "a hidden layer of two units computes XOR",
        "it computes all 32 rows of the table");
    assertEquals(
        List.of("00110", "01011", "01100", "10001", "10111", "11001"),
        notebook.table("The hidden units of the five-variable function").stream()
            .map(List::getFirst)
            .toList());
    assertEquals(
        List.of(List.of(0., 0., 0., 0., 0.), List.of(0., 1., 0., 1., 1.)),
        notebook.table("Two inputs").subList(0, 2));
    assertEquals(2, notebook.drawings().size());
  }

  @Test
  void parity() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.2");
    notebook.assertNumber("hidden units of one layer, 2^(N-1)", 128);
    notebook.assertNumber("weights and biases of them, (N + 2) 2^(N-1)", 1280);
    notebook.assertNumber("weights and biases with the output's bias", 1281);
    notebook.assertNumber("units of the chain, 3(N - 1)", 21);
    notebook.assertNumber("weights and biases of the chain, 9(N - 1)", 63);
    notebook.assertNumber("units of the tree", 21);
    notebook.assertNumber("weights and biases of the tree", 63);
    notebook.assertNumber("layers of the tree, 2 log2 N", 6);
    notebook.assertNumber("layers of the chain", 14);
    notebook.assertNumber("hidden units of the network that counts", 8);
    notebook.assertClaimed(
        "an OR of ANDs needs 2^(N-1) of them: each covers one row only",
        "one hidden layer is right for all 256 inputs",
        "the chain is right for all 256 inputs",
        "the tree is right for all 256 inputs",
        "the one that counts is right for all 256");
    List<? extends List<?>> growth = notebook.table("Units and parameters, output included");
    assertEquals(List.of(4, 9, 49, 9, 27), growth.get(1));
  }

  @Test
  void decisionRegions() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.3");
    notebook.assertNumber("units of the union", 11);
    notebook.assertNumber("weights and biases of the union", 8 * 3 + 2 * 9 + 3);
    notebook.assertClaimed(
        "the polygon network is 1 exactly in the pentagon",
        "the union network is 1 exactly in the pentagon or the triangle",
        "the share falls from 1 inside towards 1/2 far away",
        "more hidden units agree on more of the square, and 400 on more than 98 %");
    List<? extends List<?>> shares =
        notebook.table(
            "The share of 1,000 half planes around a disc of radius 1 that contain a point");
    assertEquals(1 - Math.acos(0.5) / Math.PI, cell(shares, 4, 1), 1e-3); // by geometry
    assertEquals(6, notebook.pictures().size());
  }

  @Test
  void squarePulses() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.4");
    notebook.assertNumber("units of a pulse", 3);
    notebook.assertClaimed(
        "the pulse is 1 from T1 to T2 and 0 elsewhere",
        "the largest error falls with every doubling of n",
        "from 20 pulses on twice as many make half the error, to within a tenth");
    List<? extends List<?>> errors = notebook.table("The error of n pulses");
    assertEquals(List.of(5., 10.), errors.getFirst().subList(0, 2));
    assertEquals(0.9718084023488646, cell(errors, 0, 2), 1e-9); // by Python's math
    assertEquals(0.019874727890692223, cell(errors, 6, 2), 1e-9);
    assertEquals(0.0036223242484984862, cell(errors, 6, 3), 1e-9);
  }

  @Test
  void shallowNetwork() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.5");
    notebook.assertNumber("parameters", 10);
    notebook.assertNumber("joints between 0 and 1", 3);
    notebook.assertNumber("regions of three units of two inputs", 7);
    notebook.assertNumber("parameters with two inputs", 3 * 3 + 4);
    notebook.assertNumber("parameters with two outputs", 6 + 2 * 4);
    notebook.assertClaimed(
        "D units make at most D + 1 regions",
        "every region is convex",
        "both outputs bend where a hidden unit switches, and nowhere else");
    List<? extends List<?>> regions = notebook.table("The regions");
    assertEquals(
        List.of("h1", "none", "h2", "h2 h3"), regions.stream().map(row -> row.get(2)).toList());
    double[] joints = {0.3, 0.5, 0.5 / 0.65};
    double[] slopes = {2 * -1, 0, -1 * 2, -1 * 2 + 7 * 0.65};
    for (int i = 0; i < slopes.length; i++) {
      assertEquals(slopes[i], cell(regions, i, 3), 1e-9);
      assertEquals(i < joints.length ? joints[i] : 1, cell(regions, i, 1), 1e-9);
    }
  }

  @Tag("thorough")
  @Test
  void universalApproximation() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.6");
    notebook.assertClaimed(
        "the error of the sigmoid network falls with its width",
        "the error of the ReLU network falls with its width",
        "32 units are at least 20 times as close as 1");
    List<? extends List<?>> rows = notebook.table("Root of the mean squared error by width");
    assertEquals(3 * 32 + 1, cell(rows, 5, 1));
    assertTrue(cell(rows, 5, 2) < 0.002 && cell(rows, 5, 3) < 0.02, rows::toString);
  }

  @Test
  void linearRegions() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.7");
    notebook.assertNumber("parameters, 1 input, 5 layers of 10 units, 1 output", 471);
    notebook.assertNumber("parameters, 10 inputs, 5 layers of 50 units, 1 output", 10_801);
    notebook.assertNumber("regions of 5 layers of 10 units at most", 161_051);
    notebook.assertClaimed(
        "the lecture's 161,501 is a slip: 11^5 is 161,051, and so many regions are counted",
        "the folding network has as many regions as the bound allows",
        "its output turns at every joint: no two neighbours are one region",
        "no random network has more than the bound allows",
        "random networks have fewer than three regions for each hidden unit",
        "the general equation, written out, gives what the layers give");
    List<? extends List<?>> rows = notebook.table("Linear regions of K layers of 10 units");
    assertEquals(List.of(3, 1331, 1331), rows.get(2).subList(0, 3));
  }

  @Test
  void linearAlgebraOfALayer() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.8");
    double squares = 0.19 * 0.19 + 1.84 * 1.84 + 0.97 * 0.97 + 0.93 * 0.93;
    double determinant = 0.19 * -0.93 - 1.84 * -0.97;
    double root = Math.sqrt(squares * squares - 4 * determinant * determinant);
    notebook.assertNumber("largest singular value", Math.sqrt((squares + root) / 2));
    notebook.assertNumber("smallest singular value", Math.sqrt((squares - root) / 2));
    notebook.assertNumber("largest singular value", 2.162004, 5e-7);
    notebook.assertNumber("smallest singular value", 0.743801, 5e-7);
    notebook.assertNumber("determinant", determinant);
    notebook.assertClaimed(
        "U S V^T is the matrix, to 1e-12",
        "U and V are orthogonal, to 1e-12",
        "the area of the ellipse is that of the circle times |det A|",
        "no line separates the moons: one reaches into the hull of the other",
        "after the layers a line separates them");
    notebook.assertNumber("accuracy of a line in the plane as the layers warp it, %", 100);
    assertEquals(8, notebook.pictures().size());
  }

  @Tag("thorough")
  @Test
  void depthAgainstWidth() {
    RecordedNotebook notebook = RecordedNotebook.of("L4.9");
    notebook.assertClaimed(
        "all four networks fit random labels",
        "the deeper a network, the fewer epochs it needs to fit them");
    assertEquals(1, notebook.pictures().size());
  }
}
