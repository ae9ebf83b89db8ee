package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;

/**
 * A call that is refused.
 *
 * @param type what is misused
 * @param message how the error begins
 */
record Refusal(Class<?> type, String message, Runnable call) {
  /** Of an input of a shape. */
  static Refusal ofForward(String message, Layer layer, int... shape) {
    return new Refusal(layer.getClass(), message, () -> layer.forward(zeros(shape)));
  }

  static Tensor zeros(int... shape) {
    return Tensor.zeros(DType.FLOAT32, shape);
  }

  static Parameter weight(int... shape) {
    return Parameter.of("weight", zeros(shape));
  }

  void check() {
    RuntimeException error = assertThrows(RuntimeException.class, call::run);
    assertTrue(
        error instanceof LanegradException || error instanceof IllegalArgumentException,
        error::toString);
    assertTrue(error.getMessage().startsWith(message), error::getMessage);
  }

  @Override
  public String toString() {
    return message;
  }
}
