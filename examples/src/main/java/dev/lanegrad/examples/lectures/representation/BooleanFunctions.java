package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.plots.Networks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** L4.1: Boolean functions as networks of threshold units. */
final class BooleanFunctions {
  private BooleanFunctions() {}

  static void run(Notebook notebook) {
    notebook.text(
        """
        A threshold unit gives y = 1 where w1 x1 + .. + wn xn >= θ, and 0 elsewhere. With weights \
        of 1 it counts the inputs that are on: θ = 2 makes it AND of two inputs, θ = 1 makes it OR.\
        """);
    TruthTable xor = TruthTable.of(2, x -> x[0] ^ x[1]);
    Layer and = ThresholdUnits.and(2);
    Layer or = ThresholdUnits.or(2);
    notebook.table(
        "Two inputs",
        List.of("x1", "x2", "AND", "OR", "XOR by a network"),
        TruthTable.columns(
            xor.rows(),
            and.forward(xor.rows()),
            or.forward(xor.rows()),
            XorNetworks.block().forward(xor.rows())));
    notebook.claim(
        "one unit computes AND",
        TruthTable.of(2, x -> x[0] && x[1]).isComputedBy(ThresholdUnits.and(2)));
    notebook.claim(
        "one unit computes OR",
        TruthTable.of(2, x -> x[0] || x[1]).isComputedBy(ThresholdUnits.or(2)));
    exclusiveOr(notebook, xor);
    fiveVariables(notebook);
  }

  private static void exclusiveOr(Notebook notebook, TruthTable xor) {
    notebook.text(
        """
        No line has the two points where XOR is 1 on one side and the two others on the other. \
        Trying all units with weights from -2 to 2 finds 14 of the 16 functions of two inputs: XOR \
        and its negation are missing. Two units below a third do it: "any" and "not both", joined \
        by AND.\
        """);
    Set<String> found = ThresholdUnits.functionsOfTwoInputs();
    notebook.number("functions of two inputs that one unit computes", found.size());
    notebook.claim(
        "one unit computes all of them but XOR and its negation",
        found.size() == 14 && !found.contains("0110") && !found.contains("1001"));
    notebook.svg("The XOR network", Networks.toSvg(XorNetworks.block(), Shape.of(4, 2)));
    notebook.number("weights and biases of the XOR network", Count.parameters(XorNetworks.block()));
    notebook.claim(
        "a hidden layer of two units computes XOR", xor.isComputedBy(XorNetworks.block()));
  }

  private static void fiveVariables(Notebook notebook) {
    notebook.text(
        """
        Any truth table is an OR of ANDs: for each row where the function is true one hidden unit \
        that is 1 for this row alone, with the weight 1 for an input that is on, -1 for one that \
        is off, and the number of those that are on as its threshold. The lecture's function of \
        five variables is y = ~1~2 3 4~5 + ~1 2~3 4 5 + ~1 2 3~4~5 + 1~2~3~4 5 + 1~2 3 4 5 + \
        1 2~3~4 5, where ~ says not: six true rows, six hidden units.\
        """);
    TruthTable table = TruthTable.of(5, BooleanFunctions::lectureFunction);
    Sequential network = table.orOfAnds();
    notebook.table(
        "The hidden units of the five-variable function",
        List.of("row", "weights", "θ"),
        hiddenUnits(table, (ThresholdUnits) network.layers().getFirst()));
    notebook.svg(
        "The network of the five-variable function", Networks.toSvg(network, Shape.of(32, 5)));
    notebook.number("hidden units", table.trueRows().length);
    notebook.number("rows of the table that the network gets right", table.rowsRight(network));
    notebook.claim("it computes all 32 rows of the table", table.isComputedBy(network));
  }

  /** The lecture's example, term by term. */
  private static boolean lectureFunction(boolean... x) {
    return (!x[0] && !x[1] && x[2] && x[3] && !x[4])
        || (!x[0] && x[1] && !x[2] && x[3] && x[4])
        || (!x[0] && x[1] && x[2] && !x[3] && !x[4])
        || (x[0] && !x[1] && !x[2] && !x[3] && x[4])
        || (x[0] && !x[1] && x[2] && x[3] && x[4])
        || (x[0] && x[1] && !x[2] && !x[3] && x[4]);
  }

  private static List<List<String>> hiddenUnits(TruthTable table, ThresholdUnits hidden) {
    int[] rows = table.trueRows();
    Tensor weights = hidden.linear().weight().tensor();
    List<List<String>> lines = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      String bits = Integer.toBinaryString(1 << table.inputs() | rows[i]).substring(1);
      String signs =
          Arrays.stream(weights.select(0, i).toDoubleArray())
              .mapToObj(weight -> weight > 0 ? "+1" : "-1")
              .collect(Collectors.joining(" "));
      lines.add(List.of(bits, signs, Integer.toString(Integer.bitCount(rows[i]))));
    }
    return lines;
  }
}
