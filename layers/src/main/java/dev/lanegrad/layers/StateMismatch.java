package dev.lanegrad.layers;

import java.util.List;

/**
 * How the names of a state differ from those of a layer.
 *
 * @param missing what the layer has and the state has not
 * @param unexpected what the state has and the layer has not
 */
public record StateMismatch(List<String> missing, List<String> unexpected) {
  public StateMismatch {
    missing = Require.all("stateMismatch", "missing", missing);
    unexpected = Require.all("stateMismatch", "unexpected", unexpected);
  }

  /** Whether the names are the same. */
  public boolean isEmpty() {
    return missing.isEmpty() && unexpected.isEmpty();
  }
}
