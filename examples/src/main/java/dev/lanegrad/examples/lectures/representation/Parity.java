package dev.lanegrad.examples.lectures.representation;

import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** L4.2: parity with one hidden layer, as a chain and as a tree of XOR blocks. */
final class Parity {
  private static final int INPUTS = 8;

  private Parity() {}

  /**
   * Hidden unit k tells whether at least k inputs are on; the odd ones count for, the others
   * against.
   */
  private static Sequential counting(int inputs) {
    double[][] ones = new double[inputs][inputs];
    double[] thresholds = new double[inputs];
    double[] signs = new double[inputs];
    for (int k = 0; k < inputs; k++) {
      Arrays.fill(ones[k], 1);
      thresholds[k] = k + 1;
      signs[k] = k % 2 == 0 ? 1 : -1;
    }
    return new Sequential(ThresholdUnits.of(ones, thresholds), ThresholdUnits.unit(1, signs));
  }

  static void run(Notebook notebook) {
    TruthTable parity = TruthTable.of(INPUTS, Parity::isOdd);
    Sequential shallow = parity.orOfAnds();
    Layer chain = XorNetworks.chain(INPUTS);
    Sequential tree = XorNetworks.tree(INPUTS);
    notebook.text(
        """
        Parity asks whether an odd number of N inputs is on. Half of its 2^N rows are true, and no \
        two of those are neighbours: to change one input is to change the answer. So no AND of \
        fewer than all inputs lies within the true rows, nothing can be merged, and an OR of ANDs \
        needs a hidden unit for each of them: 2^(N-1) units. Each brings N weights, its bias and \
        the weight that leads out of it, N + 2 numbers; the output's own bias is one more.\
        """);
    notebook.number("inputs N", INPUTS);
    notebook.number("hidden units of one layer, 2^(N-1)", "128", Count.units(shallow) - 1);
    notebook.number(
        "weights and biases of them, (N + 2) 2^(N-1)", "1,280", Count.parameters(shallow) - 1);
    notebook.number("weights and biases with the output's bias", Count.parameters(shallow));
    List<Integer> terms = parity.trueTerms();
    notebook.number(
        "ANDs of some inputs, on or off, that are true in true rows alone", terms.size());
    notebook.claim(
        "an OR of ANDs needs 2^(N-1) of them: each covers one row only",
        terms.size() == 1 << (INPUTS - 1) && terms.stream().allMatch(rows -> rows == 1));

    notebook.text(
        """
        Depth helps: parity is XOR of the first input and the parity of the rest. Each XOR block \
        has 3 units and 9 weights and biases, and N - 1 blocks do, one after another or as a tree \
        that halves the number of signals with every two layers.\
        """);
    notebook.number("units of the chain, 3(N - 1)", "21", Count.units(chain));
    notebook.number("weights and biases of the chain, 9(N - 1)", "63", Count.parameters(chain));
    notebook.number("layers of the chain", 2 * (INPUTS - 1));
    notebook.number("units of the tree", Count.units(tree));
    notebook.number("weights and biases of the tree", Count.parameters(tree));
    notebook.number("layers of the tree, 2 log2 N", "6", 2 * tree.layers().size());
    notebook.claim("one hidden layer is right for all 256 inputs", parity.isComputedBy(shallow));
    notebook.claim("the chain is right for all 256 inputs", parity.isComputedBy(chain));
    notebook.claim("the tree is right for all 256 inputs", parity.isComputedBy(tree));
    byCounting(notebook, parity);
    growth(notebook);
  }

  private static void byCounting(Notebook notebook, TruthTable parity) {
    notebook.text(
        """
        The exponential number belongs to the OR of ANDs, not to every network with one hidden \
        layer: threshold units can count. With "at least 1 on", "at least 2 on" .. "at least N on" \
        as hidden units and the weights +1, -1, +1 .. above them, N hidden units are enough. \
        What this takes are units that look at all inputs and weigh them against each other.\
        """);
    Sequential counting = counting(INPUTS);
    notebook.number("hidden units of the network that counts", Count.units(counting) - 1);
    notebook.claim("the one that counts is right for all 256", parity.isComputedBy(counting));
  }

  private static void growth(Notebook notebook) {
    List<List<Object>> growth = new ArrayList<>();
    for (int n : new int[] {2, 4, 8}) {
      Sequential wide = TruthTable.of(n, Parity::isOdd).orOfAnds();
      Layer deep = XorNetworks.chain(n);
      growth.add(
          List.of(
              n,
              Count.units(wide),
              Count.parameters(wide),
              Count.units(deep),
              Count.parameters(deep)));
    }
    notebook.table(
        "Units and parameters, output included",
        List.of("N", "units, one layer", "parameters", "units, chain", "parameters"),
        growth);
  }

  private static boolean isOdd(boolean... inputs) {
    boolean odd = false;
    for (boolean input : inputs) {
      odd ^= input;
    }
    return odd;
  }
}
