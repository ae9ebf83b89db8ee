package dev.lanegrad.autodiff.check;

import dev.lanegrad.autodiff.LanegradException;

/** A gradient that differs from what central differences say, or that they cannot confirm. */
public class GradientCheckException extends LanegradException {
  private static final long serialVersionUID = 1;

  private final transient CheckResult result;

  GradientCheckException(CheckResult result) {
    super(result.toString());
    this.result = result;
  }

  /** What was compared and where it differs. */
  public CheckResult result() {
    return result;
  }
}
