package dev.lanegrad.benchmarks;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.lanegrad.autodiff.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A {@link SequenceTask} in TorchScript, with the numbers of our layer's parameters. */
final class PyTorchSequence {
  private static final String HEAD =
      """
      class Script(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Script,
          x: Tensor\
      """;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Model model; // held: its native side goes with it
  private final PtSymbolBlock block;
  private final List<NDArray> arguments = new ArrayList<>();
  private final NDArray seed;

  PyTorchSequence(SequenceTask task) {
    SequenceCase layer = task.layer();
    arguments.add(array(task.numbers(), new Shape(PyTorchStep.longs(layer.input()))));
    StringBuilder head = new StringBuilder(HEAD);
    for (Parameter parameter : layer.layer().parameters()) {
      head.append(",\n    w").append(arguments.size() - 1).append(": Tensor");
      int[] dims = parameter.shape().toArray();
      long[] lengths = new long[dims.length];
      for (int i = 0; i < dims.length; i++) {
        lengths[i] = dims[i];
      }
      arguments.add(array(parameter.tensor().toDoubleArray(), new Shape(lengths)));
    }
    this.model = PyTorchScript.load(head + ") -> Tensor:\n" + layer.script() + "    return y\n");
    this.block = (PtSymbolBlock) model.getBlock();
    try (NDArray result = forward(arguments)) {
      this.seed = array(task.seed((int) result.size()), result.getShape());
    }
  }

  private NDArray array(double[] numbers, Shape shape) {
    try (NDArray doubles = manager.create(numbers, shape)) {
      return doubles.toType(DataType.FLOAT32, true);
    }
  }

  private NDArray forward(List<NDArray> inputs) {
    NDList list = new NDList();
    list.addAll(inputs);
    return IValueUtils.forward(block, list, true).singletonOrThrow();
  }

  Work work() {
    return new Work(() -> result(), 1, this::result);
  }

  private double result() {
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> leaves = new ArrayList<>();
      for (NDArray argument : arguments) {
        NDArray leaf = argument.stopGradient();
        leaf.attach(scope);
        leaf.setRequiresGradient(true);
        leaves.add(leaf);
      }
      try (GradientCollector _ = Engine.getInstance().newGradientCollector()) {
        NDArray y = forward(leaves);
        y.attach(scope);
        JniUtils.backward((PtNDArray) y, (PtNDArray) seed, false, false);
      }
      double sum = 0;
      for (NDArray leaf : leaves) {
        NDArray gradient = leaf.getGradient();
        gradient.attach(scope);
        sum += gradient.abs().mean().getFloat();
      }
      return sum;
    }
  }
}
