package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.internal.types.Slide;
import dev.lanegrad.autodiff.op.Op;
import java.util.List;

/** Operations that only reverse rules use, for tests of other packages. */
public final class HiddenOps {
  private HiddenOps() {}

  /** Of a convolution, the gradient of its weight. */
  public static Op convolutionWeight(List<Slide> slides, int groups) {
    return new ConvolutionWeight(slides, groups);
  }

  /** Of a convolution, the gradient of its bias. */
  public static Op channelSum() {
    return new ChannelSum();
  }

  /** Of max pooling, the gradient of its input. */
  public static Op maxPoolGradient(List<Slide> slides) {
    return new MaxPoolGradient(slides);
  }

  /** Of {@link #maxPoolGradient}, the gradient of its gradient. */
  public static Op maxPoolPick(List<Slide> slides) {
    return new MaxPoolPick(slides);
  }
}
