package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.Present;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sums of products in index notation, as NumPy's {@code einsum}: {@code ij,jk->ik} is the matrix
 * product. Operands are contracted from the left, each pair as one batch of matrix products. An
 * index appears at most once in each operand.
 */
public final class Einsum {
  private final String expression;
  private final List<Tensor> operands;
  private final Map<Character, Integer> lengths = new HashMap<>();

  private Einsum(String expression, List<Tensor> operands) {
    this.expression = expression;
    this.operands = operands;
  }

  /**
   * Evaluates an expression such as {@code bij,bjk->bik}.
   *
   * @throws ShapeException if the expression is malformed or does not fit the shapes
   */
  public static Tensor of(String expression, Tensor... operands) {
    Objects.requireNonNull(expression, "einsum: expression is null");
    return new Einsum(expression.replace(" ", ""), Present.all("einsum", "operands", operands))
        .evaluate();
  }

  /** A tensor whose dimensions have names. */
  private record Named(Tensor tensor, String indices) {}

  private Tensor evaluate() {
    String[] sides = expression.split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    if (sides.length != 2 || inputs.length != operands.size()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "takes a group of indices for each of %d operands, then -> and those of the result",
              operands.size()));
    }
    String output = sides[1];
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      checkIndices(inputs[i]);
      learnLengths(inputs[i], operands.get(i));
      named.add(new Named(operands.get(i), inputs[i]));
    }
    checkIndices(output);
    for (char index : characters(output)) {
      if (!lengths.containsKey(index)) {
        throw wrong(String.format(Locale.ROOT, "index '%c' of the result is in no operand", index));
      }
    }
    Named result = named.getFirst();
    for (int i = 1; i < named.size(); i++) {
      StringBuilder needed = new StringBuilder(output);
      named.subList(i + 1, named.size()).forEach(n -> needed.append(n.indices()));
      result = contract(result, named.get(i), needed.toString());
    }
    result = summed(result, output);
    int[] order = new int[output.length()];
    for (int i = 0; i < order.length; i++) {
      order[i] = result.indices.indexOf(output.charAt(i));
    }
    return result.tensor.permute(order);
  }

  private void checkIndices(String indices) {
    if (!indices.chars().allMatch(Character::isLetter)
        || indices.chars().distinct().count() != indices.length()) {
      throw wrong("indices must be letters, each once in a group: '" + indices + "'");
    }
  }

  private void learnLengths(String indices, Tensor operand) {
    if (indices.length() != operand.rank()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "'%s' names %d axes of shape %s",
              indices,
              indices.length(),
              operand.shape()));
    }
    for (int i = 0; i < indices.length(); i++) {
      Integer known = lengths.putIfAbsent(indices.charAt(i), operand.shape().dim(i));
      if (known != null && known != operand.shape().dim(i)) {
        throw wrong(
            String.format(
                Locale.ROOT,
                "index '%c' is %d and %d long",
                indices.charAt(i),
                known,
                operand.shape().dim(i)));
      }
    }
  }

  private ShapeException wrong(String reason) {
    List<Shape> shapes = operands.stream().map(Tensor::shape).toList();
    return new ShapeException(
        "einsum %s: %s: %s".formatted(expression, reason, Shape.join(shapes)));
  }

  /** Sums over the indices that nobody needs any more. */
  private static Named summed(Named operand, String needed) {
    StringBuilder kept = new StringBuilder();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < operand.indices.length(); i++) {
      if (needed.indexOf(operand.indices.charAt(i)) >= 0) {
        kept.append(operand.indices.charAt(i));
      } else {
        axes.add(i);
      }
    }
    int[] folded = axes.stream().mapToInt(Integer::intValue).toArray();
    Tensor sum = folded.length == 0 ? operand.tensor : operand.tensor.sum(folded);
    return new Named(sum, kept.toString());
  }

  private Named contract(Named left, Named right, String needed) {
    Named a = summed(left, needed + right.indices);
    Named b = summed(right, needed + left.indices);
    Set<Character> shared = characters(a.indices);
    shared.retainAll(characters(b.indices));
    String batch = filter(a.indices, i -> shared.contains(i) && needed.indexOf(i) >= 0);
    String inner = filter(a.indices, i -> shared.contains(i) && needed.indexOf(i) < 0);
    String rows = filter(a.indices, i -> !shared.contains(i));
    String columns = filter(b.indices, i -> !shared.contains(i));
    Tensor product = arranged(a, batch, rows, inner).matmul(arranged(b, batch, inner, columns));
    String indices = batch + rows + columns;
    int[] dims = indices.chars().map(i -> lengths.get((char) i)).toArray();
    return new Named(product.reshape(dims), indices);
  }

  /** As a stack of matrices with the given groups of indices. */
  private Tensor arranged(Named operand, String batch, String rows, String columns) {
    String order = batch + rows + columns;
    int[] axes = order.chars().map(i -> operand.indices.indexOf(i)).toArray();
    return operand.tensor.permute(axes).reshape(size(batch), size(rows), size(columns));
  }

  private int size(String indices) {
    long size = 1;
    for (char index : characters(indices)) {
      size *= lengths.getOrDefault(index, 1);
      if (size > Integer.MAX_VALUE) {
        throw wrong(
            String.format(
                Locale.ROOT,
                "indices '%s' together are %,d long or more: at most %,d",
                indices,
                size,
                Integer.MAX_VALUE));
      }
    }
    return (int) size;
  }

  private static Set<Character> characters(String indices) {
    return indices
        .chars()
        .mapToObj(i -> (char) i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private interface IndexTest {
    boolean holds(char index);
  }

  private static String filter(String indices, IndexTest test) {
    StringBuilder kept = new StringBuilder();
    for (char index : characters(indices)) {
      if (test.holds(index)) {
        kept.append(index);
      }
    }
    return kept.toString();
  }
}
