package dev.lanegrad.sample;

import dev.lanegrad.autodiff.GraphView;
import dev.lanegrad.autodiff.Tensor;

/** A user's program that prints the view of a graph. */
public final class TraceView {
  private TraceView() {}

  public static void main(String... arguments) {
    Tensor x = Tensor.of(1.0, 2).requiresGrad();
    System.out.println(GraphView.record(() -> x.square().sum()));
  }
}
