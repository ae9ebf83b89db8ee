package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.DTypeException;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.internal.Present;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.types.Checks;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Outputs;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.Saved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uniform numbers in [0, 1) that are a function of a key and a counter: Philox-4x32-10 (Salmon et
 * al., "Parallel random numbers: as easy as 1, 2, 3", 2011). Nothing is remembered between calls,
 * so a step can be replayed, recomputed and resumed.
 *
 * <p>Shapes: int32 [4], the low and high words of key and counter, gives {@code shape}; so does
 * float64 [2], key and counter as whole numbers, such as those of a buffer that a layer counts in.
 * An element of float32 takes 24 random bits, one of float64 53.
 *
 * @param dtype float32 or float64
 * @param shape of the result
 */
public record Philox(DType dtype, Shape shape) implements PrimitiveOp {
  private static final TensorType WORDS = new TensorType(DType.INT32, Shape.of(4));
  private static final TensorType NUMBERS = new TensorType(DType.FLOAT64, Shape.of(2));

  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  public Philox {
    Present.of("philox", "shape", shape);
    if (!dtype.isFloating()) {
      throw new DTypeException("philox: makes float32 or float64, not " + dtype);
    }
  }

  @Override
  public String name() {
    return "philox";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Checks.inputs(name(), 1, inputs);
    TensorType state = inputs.getFirst();
    if (!state.equals(WORDS) && !state.equals(NUMBERS)) {
      throw new ShapeException(
          "philox: key and counter must be %s or %s, not %s".formatted(WORDS, NUMBERS, state));
    }
    return List.of(new TensorType(dtype, shape));
  }

  @Override
  public void compute(Call call, Outputs outputs) {
    int[] state = state(call.input(0));
    Tensor output = outputs.get(0);
    int size = output.size();
    int[] words = new int[4];
    if (Views.array(output) instanceof float[] floats) {
      for (int i = 0; i < size; i += 4) {
        block(state, i / 4, words);
        int count = Math.min(4, size - i);
        for (int j = 0; j < count; j++) {
          floats[i + j] = (words[j] >>> 8) * 0x1p-24f;
        }
      }
    } else {
      double[] doubles = (double[]) Views.array(output);
      for (int i = 0; i < size; i += 2) {
        block(state, i / 2, words);
        int count = Math.min(2, size - i);
        for (int j = 0; j < count; j++) {
          long high = (words[2 * j] & LOW) >>> 5;
          long low = (words[2 * j + 1] & LOW) >>> 6;
          doubles[i + j] = (high << 26 | low) * 0x1p-53;
        }
      }
    }
  }

  private static int[] state(Tensor given) {
    if (given.dtype() == DType.INT32) {
      return given.toIntArray();
    }
    double[] numbers = given.toDoubleArray();
    return words((long) numbers[0], (long) numbers[1]);
  }

  /** The state for a key and a counter. */
  public static int[] words(long key, long counter) {
    return new int[] {(int) key, (int) (key >>> 32), (int) counter, (int) (counter >>> 32)};
  }

  /** Four random words for block number {@code index} of a key and counter. */
  static void block(int[] state, int index, int[] words) {
    int key0 = state[0];
    int key1 = state[1];
    int a = index;
    int b = 0;
    int c = state[2];
    int d = state[3];
    for (int round = 0; round < ROUNDS; round++) {
      long first = MULTIPLIER_0 * (a & LOW);
      long second = MULTIPLIER_1 * (c & LOW);
      int nextA = (int) (second >>> 32) ^ b ^ key0;
      int nextC = (int) (first >>> 32) ^ d ^ key1;
      b = (int) second;
      d = (int) first;
      a = nextA;
      c = nextC;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
  }

  @Override
  public Saved saved(Call call) {
    return Saved.NOTHING;
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    return Gradient.of((Tensor) null);
  }
}
