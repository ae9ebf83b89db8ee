package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.Convolutions;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Gradients;
import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Pooling;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.Window;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Trains a small convolutional network; prints a hash of all weights' bits. */
final class ConvolutionalTraining {
  private static final Elementwise DESCEND =
      Elementwise.of(Formula.input(0).sub(Formula.input(1).mul(0.05)));
  private static final Formula RELU = Formula.input(0).relu();
  private static final int BATCH = 64;
  private static final Window PADDED = Window.UNIT.padding(2);

  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Update> updates = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(5);
  private final Tensor x = Tensor.normal(random, DType.FLOAT32, BATCH, 1, 28, 28);
  private final Tensor y = Tensor.normal(random, DType.FLOAT32, BATCH, 10);

  ConvolutionalTraining() {
    int[][] shapes = {{8, 1, 5, 5}, {8}, {16, 8, 5, 5}, {16}, {10, 16 * 7 * 7}, {10}};
    for (int[] shape : shapes) {
      Tensor initial = Tensor.normal(random, DType.FLOAT32, shape).mul(0.1);
      parameters.add(Parameter.of("parameter " + parameters.size(), initial));
      updates.add(new Update(DESCEND, List.of(parameters.getLast())));
    }
  }

  public static void main(String[] arguments) {
    ConvolutionalTraining training = new ConvolutionalTraining();
    for (int step = Integer.parseInt(arguments[0]); step > 0; step--) {
      Autodiff.tidy(training::step);
    }
    int hash = 1;
    for (Parameter parameter : training.parameters) {
      hash = 31 * hash + Arrays.hashCode(parameter.tensor().toFloatArray());
    }
    System.out.println("weights " + hash + ".");
  }

  private Tensor tensor(int i) {
    return parameters.get(i).tensor();
  }

  double step() {
    Tensor first = Convolutions.conv(x, tensor(0), tensor(1), PADDED, 1, RELU);
    Tensor pooled = Pooling.maxPool2d(first, 2);
    Tensor second = Convolutions.conv2d(pooled, tensor(2), tensor(3), PADDED).relu();
    Tensor flat = Pooling.maxPool2d(second, 2).reshape(BATCH, -1);
    Tensor output = flat.matmul(tensor(4).transpose()).add(tensor(5));
    Tensor loss = output.sub(y).square().mean();
    Gradients gradients = loss.backward();
    for (int i = 0; i < updates.size(); i++) {
      updates.get(i).apply(gradients.of(parameters.get(i)));
    }
    return loss.item();
  }
}
