package dev.lanegrad.layers;

/**
 * Whether a layer trains, as it does at first, or is evaluated; {@link Layer#train} and {@link
 * Layer#eval} set it.
 */
public final class Mode {
  private volatile boolean training = true;

  /** Training. */
  public Mode() {}

  /** Whether layers behave as in training. PyTorch: {@code training}. */
  public boolean isTraining() {
    return training;
  }

  void set(boolean training) {
    this.training = training;
  }

  @Override
  public String toString() {
    return training ? "training" : "evaluation";
  }
}
