package dev.lanegrad.benchmarks;

import ai.djl.MalformedModelException;
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
import dev.lanegrad.autodiff.DType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A {@link DataTask} in PyTorch: a line of TorchScript, as DJL has no method for most of them. */
final class PyTorchScript {
  private final DataTask task;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Model model; // held: its native side goes with it
  private final PtSymbolBlock block;
  private final NDArray x;
  private final NDArray i;
  private final NDArray seed;

  PyTorchScript(DataTask task) {
    this.task = task;
    this.model = load("x: Tensor,\n    i: Tensor", task.data().script(task.dtype()));
    this.block = (PtSymbolBlock) model.getBlock();
    this.x = ofType(manager.create(task.numbers(), shape(task.data().dims())));
    long[] indices = Arrays.stream(task.indices()).asLongStream().toArray();
    this.i = manager.create(indices, shape(task.data().indices().dims()));
    NDArray y = forward(x);
    this.seed =
        task.data().withGradient()
            ? ofType(manager.create(task.seed(Math.toIntExact(y.size())), y.getShape()))
            : x;
  }

  private NDArray ofType(NDArray doubles) {
    return task.dtype() == DType.FLOAT32 ? doubles.toType(DataType.FLOAT32, true) : doubles;
  }

  private static Shape shape(List<Integer> dims) {
    return new Shape(PyTorchStep.longs(dims));
  }

  /**
   * A module of one expression.
   *
   * @param arguments names and types of what the expression is of
   */
  static Model load(String arguments, String expression) {
    return load(
        String.format(
            Locale.ROOT,
            """
            class Script(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Script,
                %s) -> Tensor:
                return %s
            """,
            arguments,
            expression));
  }

  /** A module in the form that {@code torch.jit.save} writes: a zip file of code and a pickle. */
  static Model load(String code) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("version", bytes("3\n"));
    files.put("code/__torch__.py", bytes(code));
    files.put("constants.pkl", bytes("\u0080\u0002)."));
    files.put(
        "data.pkl",
        bytes("\u0080\u0002c__torch__\nScript\n)\u0081}X\u0008\0\0\0training\u0089sb."));
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(module)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry("script/" + file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Model model = Model.newInstance("script", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(module.toByteArray()));
    } catch (IOException | MalformedModelException e) {
      throw new IllegalArgumentException("PyTorch does not take " + code, e);
    }
    return model;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  Work work() {
    return new Work(this::run, 1, this::check);
  }

  private NDArray forward(NDArray input) {
    return IValueUtils.forward(block, new NDList(input, i), false).singletonOrThrow();
  }

  private void run() {
    try (NDManager scope = manager.newSubManager()) {
      result(scope);
    }
  }

  private NDArray result(NDManager scope) {
    if (!task.data().withGradient()) {
      NDArray y = forward(x);
      y.attach(scope);
      return y;
    }
    NDArray leaf = x.stopGradient();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    try (GradientCollector _ = Engine.getInstance().newGradientCollector()) {
      NDArray y = IValueUtils.forward(block, new NDList(leaf, i), true).singletonOrThrow();
      y.attach(scope);
      JniUtils.backward((PtNDArray) y, (PtNDArray) seed, false, false);
      return leaf.getGradient();
    }
  }

  private double check() {
    if (!task.data().isDetermined()) {
      return Double.NaN;
    }
    try (NDManager scope = manager.newSubManager()) {
      return result(scope).toType(DataType.FLOAT64, true).square().mean().getDouble();
    }
  }
}
