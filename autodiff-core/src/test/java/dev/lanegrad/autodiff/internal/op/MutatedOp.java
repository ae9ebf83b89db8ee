package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.TensorType;
import dev.lanegrad.autodiff.op.Call;
import dev.lanegrad.autodiff.op.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An operation whose reverse rule is wrong in one place.
 *
 * @param input whose gradient is wrong
 * @param mutation in which way
 */
record MutatedOp(Op op, int input, Mutation mutation) implements Op {
  /** Mistakes that reverse rules have. */
  enum Mutation {
    NEGATED {
      @Override
      Tensor of(Tensor gradient) {
        return gradient.neg();
      }
    },
    LEFT_OUT {
      @Override
      @Nullable Tensor of(Tensor gradient) {
        return null;
      }
    },
    ONE_PERCENT_MORE {
      @Override
      Tensor of(Tensor gradient) {
        return gradient.mul(1.01);
      }
    },
    DOUBLED {
      @Override
      Tensor of(Tensor gradient) {
        return gradient.mul(2);
      }
    },
    SHIFTED {
      @Override
      Tensor of(Tensor gradient) {
        return gradient.add(0.01);
      }
    },
    IN_REVERSE_ORDER {
      @Override
      Tensor of(Tensor gradient) {
        int[] axes = IntStream.range(0, gradient.rank()).toArray();
        return axes.length == 0 ? gradient : gradient.flip(axes);
      }
    },
    FIRST_ELEMENT_ONLY {
      @Override
      Tensor of(Tensor gradient) {
        Tensor first = Tensor.arange(DType.FLOAT64, 0, gradient.size(), 1).equal(0.0);
        return first
            .reshape(gradient.shape().toArray())
            .where(gradient, Tensor.scalar(gradient.dtype(), 0));
      }
    };

    abstract @Nullable Tensor of(Tensor gradient);
  }

  @Override
  public String name() {
    return op.name();
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return op.infer(inputs);
  }

  @Override
  public List<Tensor> forward(Call call) {
    return op.forward(call);
  }

  @Override
  public List<@Nullable Tensor> vjp(Call call, List<@Nullable Tensor> gradients) {
    List<@Nullable Tensor> right = new ArrayList<>(op.vjp(call, gradients));
    Tensor gradient = right.get(input);
    right.set(input, gradient == null ? null : mutation.of(gradient));
    return right;
  }
}
