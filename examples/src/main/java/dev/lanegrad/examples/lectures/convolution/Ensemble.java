package dev.lanegrad.examples.lectures.convolution;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.examples.lectures.Notebook;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.training.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Several models that vote: the mean of their probabilities, [n, in] -> [n, classes].
 *
 * @param members trained one by one
 */
record Ensemble(List<Layer> members) implements Layer {
  private static final int MEMBERS = 8;
  private static final int EXAMPLES = 1_000;
  private static final int STEPS = 400;

  @Override
  public Tensor forward(Tensor x) {
    return Tensor.stack(0, members.stream().map(m -> m.apply(x).softmax(1)).toList()).mean(0);
  }

  @Override
  public List<Child> children() {
    return IntStream.range(0, members.size())
        .mapToObj(i -> new Child(Integer.toString(i), members.get(i)))
        .toList();
  }

  static void run(Notebook notebook) {
    notebook.text(
        "Model ensemble. Networks that start from different weights make different mistakes, and"
            + " the mean of their probabilities keeps what they agree on. Eight networks of 100"
            + " hidden units are trained on the same 1,000 signals of MNIST-1D, in different"
            + " orders.");
    Dataset data = Signals.few(EXAMPLES, 1);
    List<Layer> members = new ArrayList<>();
    LongStream.rangeClosed(1, MEMBERS)
        .forEach(
            seed ->
                members.add(
                    Training.trained(
                        Signals.network(100, seed), new Adam(0.01), data, STEPS, seed)));
    List<Double> alone = members.stream().map(m -> Training.accuracy(m, Signals.test())).toList();
    double together = Training.accuracy(new Ensemble(members), Signals.test());
    notebook.table(
        "test accuracy in % of each network",
        List.of("network", "alone"),
        IntStream.range(0, MEMBERS).mapToObj(i -> List.of(i + 1, alone.get(i))).toList());
    double mean = alone.stream().mapToDouble(a -> a).average().orElseThrow();
    notebook.number("mean test accuracy in % of one network", mean);
    notebook.number("test accuracy in % of the ensemble", together);
    notebook.claim(
        "the ensemble is 3 points better than its members on average", together >= mean + 3);
    notebook.claim(
        "the ensemble is better than each of its members",
        alone.stream().allMatch(a -> together > a));
  }
}
