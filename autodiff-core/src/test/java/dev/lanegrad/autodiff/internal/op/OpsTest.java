package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.op.OpRow.Example;
import dev.lanegrad.autodiff.internal.op.OpRow.Rejection;
import dev.lanegrad.autodiff.internal.op.OpRow.Sample;
import dev.lanegrad.autodiff.internal.op.OpRow.Smooth;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.testing.Bits;
import dev.lanegrad.autodiff.testing.Draw;
import dev.lanegrad.autodiff.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every class of operations by its row of {@link OpCases}. */
class OpsTest {
  private static final int SAMPLES = Samples.times(40);

  private static int checked;

  @AfterAll
  static void report() {
    System.out.printf(
        "operations: %d classes, %,d gradients checked%n", OpCases.ALL.size(), checked);
  }

  private static Set<String> operationsBeside(Class<?> one) throws Exception {
    Set<String> classes = new TreeSet<>();
    Path folder = Path.of(one.getResource(one.getSimpleName() + ".class").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replaceAll("\\.class$", "");
        Class<?> type = Class.forName(one.getPackageName() + "." + name);
        if (Op.class.isAssignableFrom(type) && !type.isInterface()) {
          classes.add(type.getSimpleName());
        }
      }
    }
    return classes;
  }

  @Test
  void everyOperationHasARow() throws Exception {
    Set<String> classes = new TreeSet<>(operationsBeside(Op.class));
    classes.addAll(operationsBeside(Softmax.class));
    assertTrue(classes.containsAll(Set.of("MatMul", "Softmax")), classes::toString);
    Set<String> rows = OpCases.ALL.stream().map(OpRow::toString).collect(Collectors.toSet());
    classes.removeAll(rows);
    assertEquals(Set.of(), classes, "operations without a row in OpCases");
    for (OpRow row : OpCases.ALL) {
      assertFalse(row.examples().isEmpty(), () -> row + " has no example");
      assertFalse(row.samplers().isEmpty(), () -> row + " has no samples");
      assertFalse(row.rejections().isEmpty(), () -> row + " has no call that is refused");
    }
  }

  @TestFactory
  Stream<DynamicTest> examplesComeOutAsWritten() {
    return rows(
        row -> {
          for (Example example : row.examples()) {
            List<Tensor> actual = example.op().apply(example.inputs());
            assertEquals(example.expected().size(), actual.size());
            for (int k = 0; k < actual.size(); k++) {
              assertClose(example.expected().get(k), actual.get(k), 1e-12, example.toString());
            }
          }
        });
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance, String what) {
    assertEquals(type(expected), type(actual), what);
    double[] wanted = expected.toDoubleArray();
    double[] given = actual.toDoubleArray();
    for (int i = 0; i < wanted.length; i++) {
      boolean same = Double.compare(wanted[i], given[i]) == 0;
      double distance = Math.abs(wanted[i] - given[i]);
      assertTrue(
          same || distance <= tolerance * Math.max(1, Math.abs(wanted[i])),
          () -> "%s: %s, not %s".formatted(what, actual, expected));
    }
  }

  private static TensorType type(Tensor tensor) {
    return new TensorType(tensor.dtype(), tensor.shape());
  }

  @TestFactory
  Stream<DynamicTest> gradientsAgreeWithDifferences() {
    return samples(
        sample -> {
          if (sample.smooth() != Smooth.NOT) {
            sample.check().verify(sample.inputs().toArray(Tensor[]::new));
            checked++;
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> viewsGiveTheBitsOfCopies() {
    return samples(
        sample -> {
          List<Tensor> copies = sample.inputs().stream().map(Draw::copy).toList();
          List<Tensor> expected = sample.op().apply(copies);
          List<Tensor> actual = sample.op().apply(sample.inputs());
          List<TensorType> types =
              sample.op().infer(sample.inputs().stream().map(Tensor::type).toList());
          for (int k = 0; k < actual.size(); k++) {
            assertEquals(types.get(k), type(actual.get(k)));
            Bits.assertSame(
                expected.get(k).toDoubleArray(), actual.get(k).toDoubleArray(), "output " + k);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> float32ComesCloseToFloat64() {
    return samples(
        sample -> {
          List<Tensor> narrow = sample.inputs().stream().map(OpsTest::narrowed).toList();
          List<Tensor> wide = narrow.stream().map(OpsTest::widened).toList();
          List<Tensor> expected = sample.op().apply(wide);
          List<Tensor> actual = sample.op().apply(narrow);
          for (int k = 0; k < actual.size(); k++) {
            assertClose(widened(expected.get(k)), widened(actual.get(k)), 1e-3, "output " + k);
          }
        });
  }

  private static Tensor narrowed(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT64 ? tensor.cast(DType.FLOAT32) : tensor;
  }

  private static Tensor widened(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32 ? tensor.cast(DType.FLOAT64) : tensor;
  }

  @TestFactory
  Stream<DynamicTest> wrongCallsAreRefusedWithAMessage() {
    return rows(
        row -> {
          for (Rejection rejection : row.rejections()) {
            RuntimeException thrown =
                assertThrows(
                    RuntimeException.class, rejection.call()::run, () -> rejection.fragment());
            assertTrue(
                thrown.getMessage() != null && thrown.getMessage().contains(rejection.fragment()),
                () -> "%s, not %s".formatted(thrown, rejection.fragment()));
          }
        });
  }

  private static Stream<DynamicTest> rows(Consumer<OpRow> test) {
    return OpCases.ALL.stream().map(row -> dynamicTest(row.toString(), () -> test.accept(row)));
  }

  private static Stream<DynamicTest> samples(Consumer<Sample> test) {
    return rows(
        row -> {
          for (int number = 0; number < SAMPLES; number++) {
            for (Function<Draw, Sample> sampler : row.samplers()) {
              Sample sample = sampler.apply(new Draw(number));
              try {
                test.accept(sample);
              } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                    String.format(Locale.ROOT, "sample %d: %s: %s", number, sample, e.getMessage()),
                    e);
              }
            }
          }
        });
  }
}
