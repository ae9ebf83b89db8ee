package dev.lanegrad.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network in one word, from which each contestant builds its own, such as {@code
 * 28x28x1-8c5p2-m2-10}: the lengths of an example with the channels last, then
 *
 * <pre>
 * 10       a linear layer with 10 outputs
 * 8c5s2p1  a convolution with 8 output channels, kernel 5, stride 2 (else 1), padding 1 (else 0)
 * 8c5g4    one of 4 groups of channels (else 1)
 * 8t5s2p1  a transposed convolution
 * m2       max pooling by 2
 * </pre>
 *
 * in each dimension alike. Every layer with a weight but the last is followed by ReLU.
 */
record Network(String word) {
  private static final Pattern LINEAR = Pattern.compile("\\d+");
  private static final Pattern CONVOLUTION =
      Pattern.compile("(\\d+)c(\\d+)(?:s(\\d+))?(?:p(\\d+))?(?:g(\\d+))?");
  private static final Pattern TRANSPOSED =
      Pattern.compile("(\\d+)t(\\d+)(?:s(\\d+))?(?:p(\\d+))?");
  private static final Pattern MAX_POOL = Pattern.compile("m(\\d+)");

  /** The shape of an example, channels first. */
  List<Integer> input() {
    List<Integer> lengths =
        Stream.of(word.split("-", -1)[0].split("x", -1))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.rotate(lengths, 1);
    return List.copyOf(lengths);
  }

  /**
   * Everything that an example passes through.
   *
   * @throws IllegalArgumentException if the word is none of a network
   */
  List<Part> parts() {
    List<String> layers = Arrays.stream(word.split("-", -1)).skip(1).toList();
    long weights = layers.stream().filter(layer -> !MAX_POOL.matcher(layer).matches()).count();
    List<Part> parts = new ArrayList<>();
    List<Integer> shape = input();
    for (String layer : layers) {
      if (LINEAR.matcher(layer).matches() && shape.size() > 1) {
        shape = List.of(Part.product(shape));
        parts.add(new Part.Flatten(shape));
      }
      Part part = part(layer, shape);
      shape = part.output();
      parts.add(part);
      if (part instanceof Part.Weighted && --weights > 0) {
        parts.add(new Part.Relu(shape));
      }
    }
    return List.copyOf(parts);
  }

  private static Part part(String layer, List<Integer> input) {
    if (LINEAR.matcher(layer).matches()) {
      return new Part.Linear(input.getFirst(), Integer.parseInt(layer));
    }
    Matcher convolution = CONVOLUTION.matcher(layer);
    if (convolution.matches()) {
      return new Part.Convolution(
          input,
          number(convolution, 1, 1),
          number(convolution, 2, 1),
          number(convolution, 3, 1),
          number(convolution, 4, 0),
          number(convolution, 5, 1));
    }
    Matcher transposed = TRANSPOSED.matcher(layer);
    if (transposed.matches()) {
      return new Part.Transposed(
          input,
          number(transposed, 1, 1),
          number(transposed, 2, 1),
          number(transposed, 3, 1),
          number(transposed, 4, 0));
    }
    Matcher pooling = MAX_POOL.matcher(layer);
    if (pooling.matches()) {
      return new Part.MaxPool(input, number(pooling, 1, 1));
    }
    throw new IllegalArgumentException("no layer \"%s\"".formatted(layer));
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    String text = matcher.group(group);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  /** Those of the parts that have weights. */
  List<Part.Weighted> weighted() {
    return parts().stream()
        .filter(Part.Weighted.class::isInstance)
        .map(Part.Weighted.class::cast)
        .toList();
  }

  /** How many numbers it gives for an example. */
  int outputs() {
    return Part.product(parts().getLast().output());
  }
}
