package dev.lanegrad.optim;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The average of parameters over the steps of a training.
 *
 * <pre>{@code
 * var average = new AveragedParameters(model.parameters(), Averaging.exponential(0.999));
 * for (Batch batch : data.batches(32)) {
 *   Tensor loss = Losses.crossEntropy(model.forward(batch.x()), batch.y());
 *   optimizer.step(loss.backward());
 *   average.update();
 * }
 * double accuracy = average.use(() -> Metrics.accuracy(model.forward(data.x()), data.y()));
 * }</pre>
 *
 * <p>Running statistics, as of batch normalisation, are those of the weights that were trained: run
 * the training set through the model once more where the averaged weights stay.
 */
public final class AveragedParameters implements Stateful {
  private static final Elementwise TOWARDS =
      Elementwise.of(
          Formula.input(2)
              .equal(1)
              .where(
                  Formula.input(1),
                  Formula.input(0)
                      .add(Formula.input(1).sub(Formula.input(0)).mul(Formula.input(2)))));

  private static final Elementwise EXCHANGE = Elementwise.of(Formula.input(1), Formula.input(0));

  private final List<Parameter> parameters;
  private final List<Parameter> averages;
  private final Averaging averaging;
  private long count;

  /**
   * An average that nothing has gone into yet.
   *
   * @throws IllegalArgumentException if there is no parameter, or one is given twice
   */
  public AveragedParameters(Collection<Parameter> parameters, Averaging averaging) {
    this.averaging = Objects.requireNonNull(averaging, "AveragedParameters: averaging is null");
    this.parameters = Present.all("AveragedParameters", "parameters", parameters);
    Optimizer.requireDistinct(this.parameters);
    this.averages =
        this.parameters.stream()
            .map(p -> Parameter.buffer(p.name() + ".average", p.tensor().detach()))
            .toList();
  }

  /** How often {@link #update} was called. */
  public long count() {
    return count;
  }

  /** Takes the parameters, as they are, into the average; the first time it becomes them. */
  public void update() {
    double weight = count == 0 ? 1 : averaging.weight(count);
    for (int k = 0; k < parameters.size(); k++) {
      Parameter average = averages.get(k);
      Tensor now = parameters.get(k).tensor().detach();
      Update towards = new Update(TOWARDS, List.of(average));
      towards.apply(now, Tensor.scalar(average.dtype(), weight));
    }
    count++;
  }

  /**
   * A copy of the average of a parameter.
   *
   * @throws IllegalArgumentException if it is not one of these
   */
  public Tensor average(Parameter parameter) {
    Objects.requireNonNull(parameter, "AveragedParameters: parameter is null");
    int known = parameters.indexOf(parameter);
    if (known < 0) {
      throw new IllegalArgumentException(
          "AveragedParameters: parameter %s is not here".formatted(parameter));
    }
    return StateDict.copy(averages.get(known).tensor());
  }

  /** Computes something with the averages in the place of the parameters. */
  public <T extends @Nullable Object> T use(Supplier<T> action) {
    Map<Parameter, Tensor> standIns = new HashMap<>();
    for (int k = 0; k < parameters.size(); k++) {
      standIns.put(parameters.get(k), averages.get(k).tensor());
    }
    return Parameter.substitute(standIns, action);
  }

  /** Exchanges the numbers of parameters and averages; a second call undoes it. */
  public void swap() {
    for (int k = 0; k < parameters.size(); k++) {
      new Update(EXCHANGE, List.of(parameters.get(k), averages.get(k))).apply();
    }
  }

  /** The count, and the average of each parameter by its name. */
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("count", StateDict.number(count));
    List<String> names = StateDict.distinct(parameters);
    for (int k = 0; k < names.size(); k++) {
      state.put("average." + names.get(k), StateDict.copy(averages.get(k).tensor()));
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateDict.Reader reader = StateDict.check("AveragedParameters", stateDict(), state);
    count = reader.count("count");
    List<String> names = StateDict.distinct(parameters);
    for (int k = 0; k < names.size(); k++) {
      averages.get(k).assign(reader.tensor("average." + names.get(k)));
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "AveragedParameters[%d parameters, %d updates]", parameters.size(), count);
  }
}
