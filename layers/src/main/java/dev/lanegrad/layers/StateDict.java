package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** All numbers of a layer by their paths, taken out and put back. */
final class StateDict {
  private StateDict() {}

  static SequencedMap<String, Tensor> of(Layer layer) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    named(layer).forEach((path, parameter) -> state.put(path, copy(parameter.tensor())));
    return state;
  }

  /** Made from an array, so that no scope recycles it. */
  private static Tensor copy(Tensor tensor) {
    return Tensor.ofDoubles(tensor.dtype(), tensor.shape(), tensor.toDoubleArray());
  }

  private static SequencedMap<String, Parameter> named(Layer layer) {
    SequencedMap<String, Parameter> named = new LinkedHashMap<>(layer.namedParameters());
    layer
        .namedBuffers()
        .forEach(
            (path, buffer) -> {
              if (named.putIfAbsent(path, buffer) != null) {
                throw new IllegalStateException(
                    "layer: a parameter and a buffer have the path \"%s\"".formatted(path));
              }
            });
    return named;
  }

  static StateMismatch load(Layer layer, Map<String, Tensor> state, boolean strict) {
    SequencedMap<String, Parameter> named = named(layer);
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    named.forEach(
        (path, parameter) -> {
          Tensor given = state.get(path);
          if (given == null) {
            missing.add(path);
          } else if (!given.shape().equals(parameter.shape())) {
            misshapen.add("%s is %s, not %s".formatted(path, parameter.shape(), given.shape()));
          }
        });
    List<String> unexpected =
        state.keySet().stream().filter(path -> !named.containsKey(path)).sorted().toList();
    StateMismatch mismatch = new StateMismatch(missing, unexpected);
    if (!misshapen.isEmpty() || (strict && !mismatch.isEmpty())) {
      throw new StateDictException(mismatch, misshapen);
    }
    named.values().forEach(parameter -> parameter.requireChangeable("loadStateDict"));
    named.forEach(
        (path, parameter) -> {
          Tensor given = state.get(path);
          if (given != null) {
            parameter.assign(given.cast(parameter.dtype()));
          }
        });
    return mismatch;
  }
}
