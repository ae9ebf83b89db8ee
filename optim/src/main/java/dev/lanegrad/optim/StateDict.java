package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Writing and checking what a {@link Stateful} remembers. */
public final class StateDict {
  private StateDict() {}

  /** A number as a state holds it. */
  public static Tensor number(double value) {
    return Tensor.scalar(DType.FLOAT64, value);
  }

  /** A count as a state holds it. */
  public static Tensor number(long count) {
    return number((double) count);
  }

  /** The numbers as they are now, of the same shape, in memory of their own. */
  public static Tensor copy(Tensor tensor) {
    Objects.requireNonNull(tensor, "StateDict: tensor is null");
    return tensor.dtype() == DType.FLOAT32
        ? Tensor.of(tensor.shape(), tensor.toFloatArray())
        : Tensor.of(tensor.shape(), tensor.toDoubleArray());
  }

  /** The names of parameters; the second of a name is NAME#2. */
  static List<String> distinct(List<Parameter> parameters) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      int count = seen.merge(parameter.name(), 1, Integer::sum);
      names.add(count == 1 ? parameter.name() : parameter.name() + "#" + count);
    }
    return names;
  }

  /**
   * Compares a map with what is expected, name by name.
   *
   * @param owner whose state it is, for the message
   * @param expected what the state is now: its names, shapes and dtypes
   * @throws IllegalArgumentException naming all that does not fit
   */
  public static Reader check(
      String owner, SequencedMap<String, Tensor> expected, Map<String, Tensor> given) {
    Objects.requireNonNull(owner, "StateDict: owner is null");
    Objects.requireNonNull(expected, "StateDict: expected is null");
    Objects.requireNonNull(given, owner + ": given state is null");
    List<String> problems = new ArrayList<>();
    expected.forEach(
        (name, tensor) -> {
          Tensor other = given.get(name);
          if (other == null) {
            problems.add("\"%s\" is missing".formatted(name));
          } else if (other.dtype() != tensor.dtype() || !other.shape().equals(tensor.shape())) {
            problems.add(
                "\"%s\" is %s%s instead of %s%s"
                    .formatted(name, other.dtype(), other.shape(), tensor.dtype(), tensor.shape()));
          }
        });
    given.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .sorted()
        .forEach(name -> problems.add("\"%s\" is not known here".formatted(name)));
    refuse(owner, problems);
    return new Reader(owner, given);
  }

  static void refuse(String owner, List<String> problems) {
    if (!problems.isEmpty()) {
      int shown = Math.min(problems.size(), 20);
      String more =
          problems.size() > shown
              ? String.format(Locale.ROOT, ", and %d more", problems.size() - shown)
              : "";
      throw new IllegalArgumentException(
          "%s: the state does not fit: %s%s"
              .formatted(owner, String.join(", ", problems.subList(0, shown)), more));
    }
  }

  /** A map that has all that is asked for. */
  public static final class Reader {
    private final String owner;
    private final Map<String, Tensor> state;

    Reader(String owner, Map<String, Tensor> state) {
      this.owner = owner;
      this.state = state;
    }

    /** A tensor. */
    public Tensor tensor(String name) {
      Objects.requireNonNull(name, "StateDict: name is null");
      return Objects.requireNonNull(
          state.get(name), () -> "%s: the state has no \"%s\"".formatted(owner, name));
    }

    /** A number. */
    public double number(String name) {
      return tensor(name).item();
    }

    /**
     * A whole number from 0 on.
     *
     * @throws IllegalArgumentException if it is none
     */
    public long count(String name) {
      double value = number(name);
      if (!(value >= 0 && value <= 1L << 53 && value == Math.rint(value))) {
        refuse(owner, List.of("\"%s\" is %s and must be a count".formatted(name, value)));
      }
      return (long) value;
    }

    @Override
    public String toString() {
      return "Reader[%s, %s]".formatted(owner, state.keySet());
    }
  }
}
