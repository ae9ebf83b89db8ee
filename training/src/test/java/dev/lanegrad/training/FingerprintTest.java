package dev.lanegrad.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static String of(Tensor... tensors) {
    return Fingerprint.of(java.util.Arrays.stream(tensors).map(t -> Parameter.of("p", t)).toList());
  }

  /** {@code printf '\x3f\x80\x00\x00\xc0\x00\x00\x00' | sha256sum} for 1 and -2. */
  @Test
  void isTheHashOfTheBits() {
    assertEquals(
        "efde6f1eea3d119bf25d4a0e2ce188572e80986e14d85c3f2a9528fa66f8731f", of(Tensor.of(1f, -2f)));
    assertEquals(of(Tensor.of(1f, -2f)), of(Tensor.of(1f), Tensor.of(-2f)));
    assertEquals(64, Fingerprint.of(List.of()).length());
  }

  @Test
  void seesEveryBit() {
    String one = of(Tensor.of(1.0));

    assertNotEquals(one, of(Tensor.of(Math.nextUp(1.0))));
    assertNotEquals(one, of(Tensor.of(1f)));
    assertNotEquals(of(Tensor.of(0.0)), of(Tensor.of(-0.0)));
    assertNotEquals(of(Tensor.of(1.0, 2.0)), of(Tensor.of(2.0, 1.0)));
  }

  @Test
  void allNansAreOneValue() {
    float otherFloat = Float.intBitsToFloat(0xffc0_1234);
    double otherDouble = Double.longBitsToDouble(0xfff8_0000_0000_1234L);

    assertEquals(of(Tensor.of(Float.NaN)), of(Tensor.of(otherFloat)));
    assertEquals(of(Tensor.of(Double.NaN)), of(Tensor.of(otherDouble)));
  }
}
