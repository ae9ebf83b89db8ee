package dev.lanegrad.benchmarks;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The convolutions of a {@link WindowTask} in DJL. */
final class PyTorchWindows {
  /** One of them, with a gradient of its output. */
  private record Call(Function function, NDArray x, NDArray weight, NDArray bias, NDArray seed) {}

  /** Of input, weight and bias. */
  private interface Function {
    NDArray of(NDArray x, NDArray weight, NDArray bias);
  }

  private final WindowTask task;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final List<Call> calls = new ArrayList<>();
  private final List<Model> models = new ArrayList<>(); // held: their native sides go with them

  PyTorchWindows(WindowTask task) {
    this.task = task;
    for (Part part : task.parts()) {
      calls.add(call(part, calls.size()));
    }
  }

  private Call call(Part part, int number) {
    if (!(part instanceof Part.Filter filter)) {
      throw new IllegalArgumentException("PyTorch does convolutions, not " + part);
    }
    return new Call(
        switch (filter) {
          case Part.Convolution convolution -> function(convolution);
          case Part.Transposed transposed -> function(transposed);
        },
        array(number, 1, Part.batched(task.batch(), filter.input())),
        array(number, 2, filter.weight()),
        array(number, 3, List.of(filter.out())),
        array(number, 0, Part.batched(task.batch(), filter.output())));
  }

  private static Function function(Part.Convolution part) {
    Shape stride = PyTorchStep.cube(part.stride(), part.input());
    Shape padding = PyTorchStep.cube(part.padding(), part.input());
    Shape dilation = PyTorchStep.cube(1, part.input());
    int groups = part.groups();
    return Part.dimensions(part.input()) == 1
        ? (x, w, b) -> Conv1d.conv1d(x, w, b, stride, padding, dilation, groups).singletonOrThrow()
        : (x, w, b) -> Conv2d.conv2d(x, w, b, stride, padding, dilation, groups).singletonOrThrow();
  }

  /** As a script: DJL has none for PyTorch. */
  private Function function(Part.Transposed part) {
    int dimensions = Part.dimensions(part.input());
    String code =
        String.format(
            Locale.ROOT,
            "torch.conv_transpose%dd(x, w, b, %s, %s)",
            dimensions,
            Collections.nCopies(dimensions, part.stride()),
            Collections.nCopies(dimensions, part.padding()));
    Model model = PyTorchScript.load("x: Tensor,\n    w: Tensor,\n    b: Tensor", code);
    models.add(model);
    PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
    return (x, w, b) -> IValueUtils.forward(block, new NDList(x, w, b), true).singletonOrThrow();
  }

  private NDArray array(int part, int tensor, List<Integer> lengths) {
    double[] numbers = task.numbers(part, tensor, lengths);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return manager.create(floats, new Shape(PyTorchStep.longs(lengths)));
  }

  Work work() {
    if (task.pass() == WindowTask.Pass.GRADIENTS) {
      throw new IllegalArgumentException("PyTorch computes no gradients alone: " + task.key());
    }
    return new Work(() -> calls.forEach(this::run), 1, this::check);
  }

  private void run(Call call) {
    try (NDManager scope = manager.newSubManager()) {
      if (results(call, scope).isEmpty()) {
        throw new AssertionError("nothing was computed");
      }
    }
  }

  /** The output, and where they are wanted, the gradients of input, weight and bias. */
  private List<NDArray> results(Call call, NDManager scope) {
    if (task.pass() == WindowTask.Pass.FORWARD) {
      NDArray y = call.function.of(call.x, call.weight, call.bias);
      y.attach(scope);
      return List.of(y);
    }
    NDArray x = leaf(call.x, scope);
    NDArray weight = leaf(call.weight, scope);
    NDArray bias = leaf(call.bias, scope);
    try (GradientCollector _ = Engine.getInstance().newGradientCollector()) {
      NDArray y = call.function.of(x, weight, bias);
      JniUtils.backward((PtNDArray) y, (PtNDArray) call.seed, false, false);
      return List.of(y, x.getGradient(), weight.getGradient(), bias.getGradient());
    }
  }

  /** The same numbers, with no gradient from before that another would be added to. */
  private static NDArray leaf(NDArray array, NDManager scope) {
    NDArray leaf = array.stopGradient();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private double check() {
    double product = 1;
    for (Call call : calls) {
      try (NDManager scope = manager.newSubManager()) {
        for (NDArray result : results(call, scope)) {
          product *= result.mean().getFloat();
        }
      }
    }
    return product;
  }
}
