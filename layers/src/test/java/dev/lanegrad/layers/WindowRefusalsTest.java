package dev.lanegrad.layers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A kernel or a window that fits no input is refused when the layer is made. */
class WindowRefusalsTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(1);
  private static final Map<String, Supplier<Layer>> REFUSED = new LinkedHashMap<>();

  private static Parameter weight(int... shape) {
    return Parameter.of("weight", Tensor.zeros(DType.FLOAT32, shape));
  }

  private static Layer conv2d(int... kernel) {
    return new Conv2d(3, 4, kernel, 1, DType.FLOAT32, RANDOM);
  }

  private static Layer convTranspose2d(int... kernel) {
    return new ConvTranspose2d(3, 4, kernel, 1, DType.FLOAT32, RANDOM);
  }

  static {
    REFUSED.put("conv2d: kernel []: one number is wanted, or 2", () -> conv2d());
    REFUSED.put("conv2d: kernel [1, 2, 3]: one number is wanted, or 2", () -> conv2d(1, 2, 3));
    REFUSED.put("conv2d: channels, groups and kernel", () -> conv2d(3, 0));
    REFUSED.put("convTranspose2d: kernel []: one number", () -> convTranspose2d());
    REFUSED.put("convTranspose2d: kernel [1, 2, 3]: one", () -> convTranspose2d(1, 2, 3));
    REFUSED.put("maxPool2d: kernel []: one number is wanted, or 2", () -> new MaxPool2d());
    REFUSED.put("maxPool2d: kernel [1, 2, 3]: one number", () -> new MaxPool2d(1, 2, 3));
    REFUSED.put("maxPool2d: kernel [2]: 2 numbers", () -> new MaxPool2d(List.of(2), Window.UNIT));
    REFUSED.put("maxPool2d: kernel [2, 0]: must be at least 1", () -> new MaxPool2d(2, 0));
    REFUSED.put("avgPool2d: kernel []: one number is wanted, or 2", () -> new AvgPool2d());
    REFUSED.put("avgPool2d: kernel [1, 2, 3]: one number", () -> new AvgPool2d(1, 2, 3));
    REFUSED.put("avgPool2d: kernel [-1, -1]: must be at least 1", () -> new AvgPool2d(-1));
    REFUSED.put("maxPool1d: kernel [0]: must be at least 1", () -> new MaxPool1d(0));
    REFUSED.put("avgPool1d: kernel [0]: must be at least 1", () -> new AvgPool1d(0));
    REFUSED.put("adaptiveAvgPool1d: an output 0 long", () -> new AdaptiveAvgPool1d(0));
    REFUSED.put("adaptiveAvgPool2d: an output of 2 x -1", () -> new AdaptiveAvgPool2d(2, -1));
    REFUSED.put(
        "conv1d: stride [1, 2]: one number is wanted, or 1",
        () -> new Conv1d(2, 3, 3, RANDOM).stride(1, 2));
    REFUSED.put("conv1d: stride []: one number", () -> new Conv1d(2, 3, 3, RANDOM).stride());
    REFUSED.put(
        "conv2d: padding [-1]: must be at least 0", () -> new Conv2d(2, 3, 3, RANDOM).padding(-1));
    REFUSED.put(
        "convTranspose1d: dilation [0]: must be at least 1",
        () -> new ConvTranspose1d(2, 3, 3, RANDOM).dilation(0));
    REFUSED.put(
        "convTranspose2d: output padding [1, 1, 1]: one number is wanted, or 2",
        () -> new ConvTranspose2d(2, 3, 3, RANDOM).outputPadding(1, 1, 1));
    REFUSED.put(
        "convTranspose1d: output padding [-1]: must be at least 0",
        () -> new ConvTranspose1d(2, 3, 3, RANDOM).outputPadding(-1));
    REFUSED.put(
        "conv1d: output padding [1]: only transposed convolutions take one",
        () -> new Conv1d(2, 3, 3, RANDOM).window(Window.UNIT.outputPadding(1)));
    REFUSED.put(
        "maxPool2d: output padding [0, 1]: only transposed",
        () -> new MaxPool2d(2).window(Window.UNIT.outputPadding(0, 1)));
    REFUSED.put(
        "avgPool1d: takes no dilation, not [2]",
        () -> new AvgPool1d(2).window(Window.UNIT.dilation(2)));
    REFUSED.put(
        "conv1d: with a weight [4, 1, 2] in 2 groups takes a bias [4], not [2]",
        () -> new Conv1d(weight(4, 1, 2), weight(2), Window.UNIT, 2));
    REFUSED.put(
        "convTranspose1d: with a weight [4, 1, 2] in 2 groups takes a bias [2], not [4]",
        () -> new ConvTranspose1d(weight(4, 1, 2), weight(4), Window.UNIT, 2));
    REFUSED.put("maxPool2d: stride [1, 2, 3]", () -> new MaxPool2d(2).stride(1, 2, 3));
    REFUSED.put("avgPool1d: padding [1, 1]", () -> new AvgPool1d(2).padding(1, 1));
    REFUSED.put(
        "conv2d: 3 channels cannot be cut into 2 groups",
        () -> new Conv2d(weight(3, 1, 2, 2), null, Window.UNIT, 2));
    REFUSED.put(
        "convTranspose1d: 3 channels cannot be cut into 0 groups",
        () -> new ConvTranspose1d(weight(3, 1, 2), null, Window.UNIT, 0));
    REFUSED.put(
        "convTranspose1d: takes a weight of rank 3",
        () -> new ConvTranspose1d(weight(3), null, Window.UNIT, 1));
    REFUSED.put(
        "conv1d: takes a weight of rank 3", () -> new Conv1d(weight(), null, Window.UNIT, 1));
    REFUSED.put(
        "unflatten: dimension 0 of [0] has length 0 and cannot become [65536, 65536]",
        () -> {
          Layer layer = new Unflatten(0, 65_536, 65_536);
          layer.forward(Tensor.zeros(DType.FLOAT32, 0));
          return layer;
        });
  }

  @TestFactory
  Stream<DynamicTest> refusals() {
    return REFUSED.entrySet().stream()
        .map(entry -> dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
  }

  private static void check(String message, Supplier<Layer> maker) {
    ShapeException error = assertThrows(ShapeException.class, maker::get);
    assertTrue(error.getMessage().startsWith(message), error::getMessage);
  }
}
