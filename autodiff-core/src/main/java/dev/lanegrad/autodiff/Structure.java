package dev.lanegrad.autodiff;

import dev.lanegrad.autodiff.internal.Present;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the tensors are inside of what a function takes or gives: it may be a tensor, {@link
 * Gradients}, a record, a collection, a map, an array, an {@link Optional}, a {@link
 * TensorStructure}, or these inside one another. Anything else holds no tensors as far as one can
 * see, a {@link Parameter} neither: it is not what is computed.
 */
final class Structure {
  private Structure() {}

  /** The tensors inside, always in the same order. */
  static List<Tensor> tensors(@Nullable Object structure) {
    List<Tensor> found = new ArrayList<>();
    replaced(
        structure,
        tensor -> {
          found.add(tensor);
          return tensor;
        });
    return found;
  }

  /**
   * The same with other tensors in the place of those inside, in the order of {@link #tensors}; the
   * very same where none is another.
   *
   * @throws StructureException if there is no way to make one like it
   */
  @SuppressWarnings("unchecked") // what is made is of the kind of what was given
  static <S> S map(S structure, UnaryOperator<Tensor> change) {
    return (S) Objects.requireNonNull(replaced(structure, change));
  }

  private static @Nullable Object replaced(@Nullable Object part, UnaryOperator<Tensor> change) {
    return switch (part) {
      case null -> null;
      case Tensor tensor -> change.apply(tensor);
      case Gradients gradients -> gradients.map(change);
      case TensorStructure<?> structure -> {
        String type = structure.getClass().getName();
        List<Tensor> old = Present.returned(type, "tensors()", structure.tensors());
        List<Tensor> changed = old.stream().map(change).toList();
        yield isSame(old, changed)
            ? structure
            : Present.returned(type, "with(..)", structure.with(changed));
      }
      case Record holder -> RecordParts.of(holder).replaced(holder, each -> replaced(each, change));
      case Optional<?> optional -> optional.map(each -> replaced(each, change));
      case Map.Entry<?, ?> entry -> {
        Map.Entry<?, ?> changed = replaced(entry, change);
        yield changed == null ? entry : changed;
      }
      case Map<?, ?> map -> replaced(map, change);
      case Collection<?> many -> replaced(many, change);
      case Object[] array -> replaced(array, change);
      default -> part;
    };
  }

  /** Null where nothing changes. */
  private static Map.@Nullable Entry<?, ?> replaced(
      Map.Entry<?, ?> entry, UnaryOperator<Tensor> change) {
    if (!isSame(entry.getKey(), replaced(entry.getKey(), change))) {
      throw new StructureException(
          "a tensor that is the key of a map cannot be replaced: keep it among the values");
    }
    Object value = replaced(entry.getValue(), change);
    return isSame(entry.getValue(), value)
        ? null
        : new java.util.AbstractMap.SimpleEntry<>(entry.getKey(), value);
  }

  private static Map<?, ?> replaced(Map<?, ?> map, UnaryOperator<Tensor> change) {
    Map<@Nullable Object, @Nullable Object> changed = emptyLike(map);
    boolean same = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Map.Entry<?, ?> other = replaced(entry, change);
      same &= other == null;
      changed.put(entry.getKey(), other == null ? entry.getValue() : other.getValue());
    }
    return same ? map : changed;
  }

  @SuppressWarnings("unchecked") // its comparator has compared these keys before
  private static Map<@Nullable Object, @Nullable Object> emptyLike(Map<?, ?> map) {
    return map instanceof SortedMap<?, ?> sorted
        ? new TreeMap<>(((SortedMap<@Nullable Object, ?>) sorted).comparator())
        : new LinkedHashMap<>();
  }

  private static Collection<?> replaced(Collection<?> many, UnaryOperator<Tensor> change) {
    List<@Nullable Object> changed = new ArrayList<>(many.size());
    for (Object each : many) {
      changed.add(replaced(each, change));
    }
    if (isSame(many, changed)) {
      return many;
    }
    return switch (many) {
      case List<?> _ -> changed;
      case Set<?> _ -> new LinkedHashSet<>(changed);
      default ->
          throw new StructureException(
              "a %s cannot be made with other tensors: take a list, set, map, array or record"
                  .formatted(many.getClass().getName()));
    };
  }

  private static @Nullable Object[] replaced(
      @Nullable Object[] array, UnaryOperator<Tensor> change) {
    @Nullable Object[] changed = array.clone();
    for (int i = 0; i < array.length; i++) {
      changed[i] = replaced(array[i], change);
    }
    return changed;
  }

  private static boolean isSame(Collection<?> old, List<?> changed) {
    int i = 0;
    for (Object each : old) {
      if (!isSame(each, changed.get(i++))) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // whether it had to be made anew, not whether it is equal
  static boolean isSame(@Nullable Object old, @Nullable Object changed) {
    return old == changed;
  }
}
