package dev.lanegrad.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever numbers, shapes and dtypes a method that moves or combines elements is given, by virtue
 * of existing, what it throws is an exception of this library or an IllegalArgumentException, and
 * names the method.
 */
class OwnExceptionsTest {
  private static final int[] NUMBERS = {-5, -1, 0, 1, 2, 7, Integer.MIN_VALUE, Integer.MAX_VALUE};
  private static final double[] FRACTIONS = {-1.5, 0, 2, Double.NaN, Double.POSITIVE_INFINITY};
  private static final Tensor MATRIX = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  private static final List<Tensor> TENSORS =
      List.of(
          MATRIX,
          MATRIX.cast(DType.INT32),
          MATRIX.cast(DType.FLOAT32),
          MATRIX.greater(2),
          Tensor.zeros(DType.FLOAT64, 0, 3),
          Tensor.scalar(DType.FLOAT64, 2),
          Tensor.zeros(DType.FLOAT64, 1, 2, 3, 3),
          Tensor.zeros(DType.FLOAT64, 2, 3, 4));

  /** Values of one argument, each alone and as arrays. */
  private static List<Object> values(Class<?> type) {
    List<Object> values = new ArrayList<>();
    if (type == int.class || type == int[].class) {
      for (int number : NUMBERS) {
        values.add(type == int.class ? (Object) number : new int[] {number});
      }
      if (type == int[].class) {
        values.addAll(List.of(new int[0], new int[] {1, 1}, new int[] {0, 1, 2, 3}));
      }
    } else if (type == double.class) {
      for (double number : FRACTIONS) {
        values.add(number);
      }
    } else if (type == boolean.class) {
      values.add(true);
    } else if (type == Tensor.class) {
      values.addAll(TENSORS);
    } else if (type == DType.class) {
      values.addAll(List.of(DType.values()));
    } else if (type == Shape.class) {
      values.addAll(List.of(Shape.SCALAR, Shape.of(3), Shape.of(7, 2, 3), Shape.of(0)));
    } else if (type == Window.class) {
      values.addAll(
          List.of(
              Window.UNIT,
              Window.UNIT.stride(0),
              Window.UNIT.padding(7).dilation(2),
              Window.UNIT.stride(1, 2, 3),
              Window.UNIT.samePadding()));
    }
    return values;
  }

  private static final RandomGenerator RANDOM = new SplittableRandom(1);

  /** Calls with arguments chosen at random, and what they threw that they must not. */
  private static void call(Method method, Set<String> faults, int[] counts) {
    Class<?>[] types = method.getParameterTypes();
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    for (Tensor self : isStatic ? List.of(MATRIX) : TENSORS) {
      for (int trial = 0; trial < 6 * types.length; trial++) {
        Object[] arguments =
            Stream.of(types)
                .map(OwnExceptionsTest::values)
                .map(values -> values.get(RANDOM.nextInt(values.size())))
                .toArray();
        try {
          method.invoke(self, arguments);
        } catch (InvocationTargetException e) {
          counts[0]++;
          Throwable thrown = e.getCause();
          boolean isOwn =
              thrown instanceof LanegradException || thrown instanceof IllegalArgumentException;
          if (!isOwn) {
            faults.add(
                "%s of %s with %s: %s"
                    .formatted(
                        method.getName(), self.shape(), Arrays.deepToString(arguments), thrown));
          } else if (!thrown.getMessage().matches("(?s)" + method.getName() + ".*: .*")) {
            faults.add(method.getName() + " is not named: " + thrown.getMessage());
          }
        } catch (IllegalAccessException e) {
          throw new LinkageError(method.toString(), e);
        }
      }
    }
  }

  @Test
  void methodsThrowWhatSaysWhy() {
    Set<String> faults = new TreeSet<>();
    int[] counts = new int[1];
    Stream.of(
            ReductionMethods.class,
            ShapeMethods.class,
            LinearAlgebra.class,
            Pooling.class,
            Convolutions.class)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> m.getParameterCount() > 0)
        .filter(m -> Stream.of(m.getParameterTypes()).noneMatch(t -> values(t).isEmpty()))
        .forEach(method -> call(method, faults, counts));
    assertEquals("", String.join("\n", faults));
    assertTrue(counts[0] > 500, () -> counts[0] + " were refused");
  }
}
