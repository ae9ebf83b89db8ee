package dev.lanegrad.layers;

import dev.lanegrad.autodiff.LanegradException;
import java.util.List;

/** A state that does not fit a layer. */
public class StateDictException extends LanegradException {
  private static final long serialVersionUID = 1;

  /** Lists all that does not fit; {@code misshapen} has a phrase for each wrong shape. */
  StateDictException(StateMismatch mismatch, List<String> misshapen) {
    super(
        "loadStateDict: the state does not fit the layer"
            + line("missing", mismatch.missing())
            + line("unexpected", mismatch.unexpected())
            + line("wrong shape", misshapen));
  }

  private static String line(String what, List<String> names) {
    return names.isEmpty() ? "" : "\n  %s: %s".formatted(what, String.join(", ", names));
  }
}
