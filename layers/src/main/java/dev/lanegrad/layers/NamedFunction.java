package dev.lanegrad.layers;

import dev.lanegrad.autodiff.formula.Formula;

/** What {@link Activation#of} makes. */
record NamedFunction(String name, Formula formula) implements FusedActivation {
  @Override
  public String toString() {
    return "NamedFunction[" + name + "]";
  }
}
