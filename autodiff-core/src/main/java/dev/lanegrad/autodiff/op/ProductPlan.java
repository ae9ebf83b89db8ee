package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.BoundedCache;
import dev.lanegrad.autodiff.internal.graph.Prepared;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.internal.kernel.products.ColumnLoop;
import dev.lanegrad.autodiff.internal.kernel.products.MatMulLoop;
import dev.lanegrad.autodiff.internal.memory.Layout;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link MatMul} makes of inputs that lie in memory in a certain way. It is worked out at
 * first use: a small product takes less time than a look at its shapes.
 */
final class ProductPlan implements Prepared {
  private static final int CAPACITY = 2_048;
  private static final BoundedCache<Signature, ProductPlan> KNOWN = new BoundedCache<>(CAPACITY);

  private final MatMul product;
  private final List<TensorType> types;
  private final Layout layout;
  private final int[] leftStrides;
  private final int[] rightStrides;
  private final int[] batch;
  private final int rows;
  private final int inner;
  private final int columns;

  private ProductPlan(MatMul product, List<Tensor> inputs) {
    this.product = product;
    this.types = product.infer(Views.types(inputs));
    Shape shape = types.getFirst().shape();
    Layout left = Views.layout(inputs.get(0));
    this.layout = Layout.rowMajor(shape);
    this.leftStrides = strides(left, product.leftTransposed());
    this.rightStrides = strides(Views.layout(inputs.get(1)), product.rightTransposed());
    this.batch = Arrays.copyOf(shape.toArray(), shape.rank() - 2);
    this.rows = shape.dim(-2);
    this.inner = left.shape().dim(product.leftTransposed() ? -2 : -1);
    this.columns = shape.dim(-1);
  }

  /**
   * The plan for inputs that lie like these.
   *
   * @throws dev.lanegrad.autodiff.LanegradException if the product does not take such inputs
   */
  static ProductPlan of(MatMul product, List<Tensor> inputs) {
    Signature signature = new Signature(product, inputs);
    ProductPlan known = KNOWN.find(signature);
    return known != null ? known : KNOWN.put(signature, new ProductPlan(product, inputs));
  }

  private static int[] strides(Layout layout, boolean isTransposed) {
    int[] strides = layout.strides().clone();
    if (isTransposed) {
      int last = strides.length - 1;
      int rows = strides[last];
      strides[last] = strides[last - 1];
      strides[last - 1] = rows;
    }
    return strides;
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  @Override
  public List<Tensor> run(List<Tensor> inputs) {
    Tensor output = Views.allocate(types.getFirst().dtype(), layout);
    run(inputs, output);
    return List.of(output);
  }

  @Override
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    run(inputs, outputs.getFirst());
  }

  void run(List<Tensor> inputs, Tensor output) {
    Operand left = operand(inputs.get(0), leftStrides);
    Operand right = operand(inputs.get(1), rightStrides);
    Object result = Views.array(output);
    if (columns == 1) {
      ColumnLoop.run(batch, left, right, result, rows, inner, product.finish(inputs, output));
    } else {
      MatMulLoop.run(
          batch, left, right, result, rows, inner, columns, product.finish(inputs, output));
    }
  }

  private static Operand operand(Tensor tensor, int... strides) {
    return new Operand(Views.array(tensor), Views.layout(tensor).offset(), strides);
  }
}
