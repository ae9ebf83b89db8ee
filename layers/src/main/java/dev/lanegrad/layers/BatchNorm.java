package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation along any number of dimensions: y = (x - mean) / sqrt(variance + eps) weight
 * + bias for each channel, in training with the mean and the biased variance of the batch over all
 * dimensions but the channels, in evaluation with the {@link RunningMoments} of those before.
 *
 * <p>Shapes: {@code [n, channels, ..]} gives the same.
 *
 * <p>Source: Ioffe and Szegedy, "Batch normalization", 2015, <a
 * href="https://arxiv.org/abs/1502.03167">arXiv:1502.03167</a>.
 *
 * @param <L> the layer itself
 */
public sealed interface BatchNorm<L extends BatchNorm<L>> extends Layer
    permits BatchNorm1d, BatchNorm2d {
  /** Of shape [channels]; null for none. */
  @Nullable Parameter weight();

  /** Of shape [channels]; null for none. */
  @Nullable Parameter bias();

  /** What evaluation uses, and training changes; PyTorch's running_mean and running_var. */
  RunningMoments running();

  /** What is added to the variance. */
  double eps();

  /** The part of a batch in the running moments, in [0, 1]. */
  double momentum();

  @Override
  Mode mode();

  /**
   * The same layer with another eps.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  L eps(double eps);

  /**
   * The same layer with another momentum.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  L momentum(double momentum);

  /** The same layer without weight and bias; PyTorch's {@code affine=False}. */
  L withoutParameters();

  /** How many channels an input has; PyTorch's {@code num_features}. */
  default int channels() {
    return running().mean().size();
  }

  @Override
  default List<Parameter> ownParameters() {
    return Normalizing.parameters(weight(), bias());
  }

  @Override
  default List<Parameter> ownBuffers() {
    return List.of(running().mean(), running().variance());
  }
}
