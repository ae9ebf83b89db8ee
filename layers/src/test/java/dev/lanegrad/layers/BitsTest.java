package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.testing.BitsProgram;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every layer and every loss gives the bits that it has always given, in both dtypes. */
class BitsTest {
  private static final BitsProgram PROGRAM =
      BitsProgram.of(BitsOfTables.class, Layer.class, Tensor.class);

  @BeforeAll
  static void rewriteIfAsked() throws Exception {
    PROGRAM.rewriteIfAsked();
  }

  @Test
  void everyChangeHasALineInTheChangelog() throws Exception {
    PROGRAM.assertReasonsAreInTheChangelog();
  }

  @Test
  void everyLayerIsMadeInBothDtypes() {
    Set<String> layers =
        LayersTest.SAMPLES.stream()
            .map(sample -> sample.type().getSimpleName())
            .collect(Collectors.toSet());
    TypedLayer.ALL.forEach(typed -> layers.remove(typed.made().getClass().getSimpleName()));
    assertEquals(Set.of(), layers, "layers that are not in TypedLayer");
  }

  @ParameterizedTest
  @FieldSource("dev.lanegrad.testing.BitsProgram#EVERY_KERNEL")
  void theBitsAreThoseOfTheFile(String jvmOptions) throws Exception {
    PROGRAM.assertBits(jvmOptions.split(" "));
  }
}
