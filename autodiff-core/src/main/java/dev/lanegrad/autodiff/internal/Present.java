package dev.lanegrad.autodiff.internal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arguments that have to be there: one that is null is refused by its name. */
public final class Present {
  private Present() {}

  /**
   * An argument itself.
   *
   * @param operation that it is given to, made into text only if it is null
   * @throws NullPointerException if it is null
   */
  public static <T> T of(Object operation, String name, @Nullable T argument) {
    if (argument == null) {
      throw missing(operation, name);
    }
    return argument;
  }

  /**
   * A list itself, none of whose elements is null.
   *
   * @throws NullPointerException if it or one of them is null
   */
  public static <T> List<T> all(Object operation, String name, @Nullable List<T> list) {
    if (list == null) {
      throw missing(operation, name);
    }
    int i = 0;
    for (T element : list) {
      if (element == null) {
        throw missing(operation, String.format(Locale.ROOT, "%s[%d]", name, i));
      }
      i++;
    }
    return list;
  }

  /**
   * An unmodifiable list of the elements of an array.
   *
   * @throws NullPointerException if it or one of them is null
   */
  public static <T> List<T> all(Object operation, String name, T @Nullable [] array) {
    if (array == null) {
      throw missing(operation, name);
    }
    for (int i = 0; i < array.length; i++) {
      if (array[i] == null) {
        throw missing(operation, String.format(Locale.ROOT, "%s[%d]", name, i));
      }
    }
    return List.of(array);
  }

  /**
   * What a function of the user's gave.
   *
   * @param function such as {@code the function}
   * @throws NullPointerException if it is null
   */
  public static <T> T returned(String operation, String function, @Nullable T result) {
    if (result == null) {
      throw new NullPointerException("%s: %s returned null".formatted(operation, function));
    }
    return result;
  }

  /** What says that an argument is null. */
  public static NullPointerException missing(Object operation, String name) {
    return new NullPointerException(UserCall.renamed("%s: %s is null".formatted(operation, name)));
  }
}
