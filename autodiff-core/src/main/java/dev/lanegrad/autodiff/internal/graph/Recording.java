package dev.lanegrad.autodiff.internal.graph;

import java.util.function.Supplier;

/** Whether operations on tracked tensors are recorded, for the current thread and scope. */
public final class Recording {
  private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

  private Recording() {}

  public static boolean isOn() {
    return ON.orElse(true);
  }

  /** Runs with recording on or off. */
  public static <T> T with(boolean on, Supplier<T> action) {
    return isOn() == on ? action.get() : ScopedValue.where(ON, on).call(action::get);
  }
}
