package dev.lanegrad.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Expected values were drawn with {@code numpy.random} after {@code seed(n)}, in this order. */
class LegacyRandomTest {
  /** StrictMath's logarithm and the C library's may differ in the last bit. */
  private static final double NORMAL_TOLERANCE = 1e-15;

  @Test
  void drawsOfAllKindsFollowNumPy() {
    LegacyRandom random = new LegacyRandom(42);

    assertEquals(0.3745401188473625, random.nextDouble());
    assertEquals(0.9507143064099162, random.nextDouble());
    assertEquals(0.6476885381006925, random.nextNormal(), NORMAL_TOLERANCE);
    assertEquals(1.5230298564080254, random.nextNormal(), NORMAL_TOLERANCE);
    assertEquals(-0.23415337472333597, random.nextNormal(), NORMAL_TOLERANCE);
    assertEquals(10, random.nextInt(48));
    assertEquals(10, random.nextInt(48));
    assertArrayEquals(new int[] {0, 1, 2, 5, 3, 4}, random.permutation(6));
  }

  @Test
  void doublesFollowNumPyBeyondTheFirstTwist() {
    LegacyRandom random = new LegacyRandom(42);
    double[] drawn = DoubleStream.generate(random::nextDouble).limit(1000).toArray();

    assertEquals(0.07845638134226596, drawn[311]);
    assertEquals(0.02535074341545751, drawn[312]);
    assertEquals(0.44600577295795574, drawn[999]);
  }

  @Test
  void seedIsReadAsUnsigned() {
    LegacyRandom random = new LegacyRandom((int) 4_294_967_295L);

    assertEquals(0.0976320289940138, random.nextDouble());
    assertEquals(0.9123828453026218, random.nextDouble());
  }

  @Test
  void keptNormalSurvivesOtherDraws() {
    LegacyRandom straight = new LegacyRandom(42);
    LegacyRandom interrupted = new LegacyRandom(42);
    straight.nextNormal();
    interrupted.nextNormal();
    interrupted.nextDouble();

    assertEquals(straight.nextNormal(), interrupted.nextNormal());
  }

  @Test
  void largeBoundsFollowNumPy() {
    LegacyRandom random = new LegacyRandom(0);
    random.nextDouble();
    random.nextDouble();

    assertEquals(441365315, random.nextInt(Integer.MAX_VALUE));
    assertEquals(1537364731, random.nextInt(Integer.MAX_VALUE));
    assertEquals(192771779, random.nextInt(Integer.MAX_VALUE));
    assertEquals(530702035, random.nextInt((1 << 30) + 1));
    assertEquals(626610453, random.nextInt((1 << 30) + 1));
    assertEquals(243580376, random.nextInt((1 << 30) + 1));
  }

  @Test
  void boundOneDrawsNothing() {
    LegacyRandom random = new LegacyRandom(42);

    assertEquals(0, random.nextInt(1));
    assertEquals(0.3745401188473625, random.nextDouble());
  }

  @Test
  void boundsBelowOneAreRejected() {
    LegacyRandom random = new LegacyRandom(42);

    var thrown = assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
    assertEquals("nextInt: the bound must be positive, not 0", thrown.getMessage());
  }

  @Test
  void permutationHoldsEveryIndexOnce() {
    int[] permutation = new LegacyRandom(42).permutation(1000);

    Arrays.sort(permutation);
    for (int i = 0; i < permutation.length; i++) {
      assertEquals(i, permutation[i]);
    }
  }

  @Test
  void emptyAndSinglePermutationsExist() {
    assertArrayEquals(new int[] {}, new LegacyRandom(42).permutation(0));
    assertArrayEquals(new int[] {0}, new LegacyRandom(42).permutation(1));
  }
}
