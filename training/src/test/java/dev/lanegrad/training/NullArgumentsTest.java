package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.NullCalls;
import dev.lanegrad.training.data.CsvTable;
import dev.lanegrad.training.data.Mnist1d;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An argument that is null is refused by its name before anything is changed. */
class NullArgumentsTest {
  private static boolean isLeftOut(Executable executable) {
    Class<?> type = executable.getDeclaringClass();
    return Throwable.class.isAssignableFrom(type) || executable.getName().equals("valueOf");
  }

  private static List<Object> examples() {
    Tensor x = Tensor.of(new double[][] {{0.5}});
    Dataset data = new Dataset(x, Tensor.ofInts(0));
    Transform transform = (inputs, random) -> inputs;
    return Arrays.asList(
        x,
        data,
        transform,
        "a",
        Path.of("none"),
        new Batch(x, x),
        new DataLoader(data, 1),
        new CsvTable("a", List.of("a"), List.of()),
        Mnist1d.make(),
        DType.FLOAT32,
        1L,
        Parameter.of("weight", x),
        List.of(),
        Map.of(),
        new SplittableRandom(1));
  }

  @Test
  void everyArgumentThatIsNullIsNamed() throws Exception {
    NullCalls calls = new NullCalls(examples(), NullArgumentsTest::isLeftOut);
    assertEquals("", String.join("\n", calls.faults(ExportedClasses.all(Dataset.class))));
    assertTrue(calls.count() > 20, () -> calls.count() + " calls");
  }
}
