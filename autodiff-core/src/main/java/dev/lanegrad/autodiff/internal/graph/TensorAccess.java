package dev.lanegrad.autodiff.internal.graph;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.memory.Layout;
import dev.lanegrad.autodiff.internal.memory.Storage;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * What the library's other packages may see of a tensor and its users may not. {@link Tensor}
 * provides the only implementation, when its class is initialised.
 */
public interface TensorAccess {
  Storage storage(Tensor tensor);

  Layout layout(Tensor tensor);

  /** What made the tensor, or null if nothing is recorded. */
  @Nullable Node node(Tensor tensor);

  /** Which output of its node the tensor is. */
  int outputIndex(Tensor tensor);

  /** The same place in the graph and in memory without the numbers. */
  Tensor withoutNumbers(Tensor tensor);

  /** A tensor without numbers. */
  Tensor meta(TensorType type);

  Tensor make(Storage storage, Layout layout);

  /** The same elements as output number {@code outputIndex} of a node. */
  Tensor tracked(Tensor tensor, Node node, int outputIndex);

  /** A tensor in row-major order for an operation to write every element of. */
  default Tensor allocate(TensorType type) {
    Storage storage = Storage.forResult(type.dtype(), type.shape().size());
    return make(storage, Layout.rowMajor(type.shape()));
  }

  static TensorAccess get() {
    TensorAccess access = Holder.access;
    if (access == null) {
      try {
        MethodHandles.lookup().ensureInitialized(Tensor.class);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
      access = Holder.access;
    }
    if (access == null) {
      throw new AssertionError("Tensor has not registered its access");
    }
    return access;
  }

  static void set(TensorAccess access) {
    Holder.access = access;
  }

  /** An interface's own fields are final. */
  final class Holder {
    private static @Nullable TensorAccess access;

    private Holder() {}
  }
}
