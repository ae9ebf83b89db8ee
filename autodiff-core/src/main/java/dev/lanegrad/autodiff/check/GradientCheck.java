package dev.lanegrad.autodiff.check;

/** Placeholder. */
public final class GradientCheck {
  private GradientCheck() {}
}
