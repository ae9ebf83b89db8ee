package dev.lanegrad.autodiff;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that stand in the place of parameters on a thread: those that {@link
 * Parameter#substitute} names, and copies of what changes inside {@link Autodiff#withoutEffects}. A
 * parameter counts the substitutions that are open for it on all threads, so that one that knows of
 * none is seen: it is refused rather than given the numbers that somebody meant to replace.
 */
final class Substitution {
  private static final ScopedValue<Substitution> CURRENT = ScopedValue.newInstance();
  private static final Substitution NONE = new Substitution(Map.of(), null, false);

  /** How many that forget changes run: looking for a binding costs more than this. */
  private static final AtomicInteger FORGETTING = new AtomicInteger();

  private final Map<Parameter, StandIn> named;

  /** Beside those that are named; null where changes are to stay. */
  private final @Nullable Map<Parameter, StandIn> changed;

  /** Whether somebody said that there are no others on this thread. */
  private final boolean isComplete;

  private Substitution(
      Map<Parameter, StandIn> named,
      @Nullable Map<Parameter, StandIn> changed,
      boolean isComplete) {
    this.named = named;
    this.changed = changed;
    this.isComplete = isComplete;
  }

  /** A tensor of somebody else's until it is changed, then a copy. */
  private static final class StandIn {
    private volatile Tensor tensor;
    private volatile boolean isCopy;

    StandIn(Tensor tensor) {
      this.tensor = tensor;
    }

    void copy() {
      if (!isCopy) {
        tensor = Parameter.copy(tensor);
        isCopy = true;
      }
    }

    static Map<Parameter, StandIn> anew(Map<Parameter, StandIn> others) {
      Map<Parameter, StandIn> anew = new ConcurrentHashMap<>();
      others.forEach((parameter, standIn) -> anew.put(parameter, new StandIn(standIn.tensor)));
      return anew;
    }
  }

  /** That of this thread. */
  static Substitution current() {
    return CURRENT.orElse(NONE);
  }

  /** Whether any thread forgets changes. */
  static boolean isAnyForgetting() {
    return FORGETTING.get() != 0;
  }

  /** Whether what is changed on this thread is forgotten. */
  static boolean isForgetting() {
    return isAnyForgetting() && current().changed != null;
  }

  /** This one, but for the parameters that have another stand-in now. */
  Substitution and(Map<Parameter, Tensor> others) {
    Map<Parameter, StandIn> all = new HashMap<>(named);
    others.forEach((parameter, tensor) -> all.put(parameter, new StandIn(tensor)));
    return new Substitution(all, changed, isComplete);
  }

  /** This one, where what is changed from now on is forgotten. */
  Substitution forgetting() {
    return new Substitution(
        StandIn.anew(named), StandIn.anew(changed == null ? Map.of() : changed), isComplete);
  }

  /** All there is on the thread it is carried to. */
  Substitution complete() {
    return new Substitution(named, changed, true);
  }

  @Override
  public String toString() {
    return "substitutes " + named.keySet() + (changed == null ? "" : ", without effects");
  }

  /** Runs something with these stand-ins and no others. */
  <T extends @Nullable Object> T call(Supplier<T> action) {
    named.keySet().forEach(Parameter::beginSubstitution);
    FORGETTING.addAndGet(changed == null ? 0 : 1);
    try {
      return ScopedValue.where(CURRENT, this).call(action::get);
    } finally {
      FORGETTING.addAndGet(changed == null ? 0 : -1);
      named.keySet().forEach(Parameter::endSubstitution);
    }
  }

  /** What stands in the place of a parameter, or null. */
  @Nullable Tensor of(Parameter parameter) {
    StandIn standIn = named.get(parameter);
    if (standIn == null && changed != null) {
      standIn = changed.get(parameter);
    }
    if (standIn == null && !isComplete && parameter.isSubstituted()) {
      throw new SubstitutionException(
          ("parameter \"%s\" is used on thread \"%s\" while another thread substitutes it. If this"
               + " is part of the substitution, take Scopes.current() there and use call(..) of it"
               + " here; if the parameter's own numbers are meant, use Scopes.current().call(..)"
               + " here")
              .formatted(parameter.name(), Thread.currentThread().getName()));
    }
    return standIn == null ? null : standIn.tensor;
  }

  /** Has a copy stand in the place of a parameter's numbers, which may be changed. */
  void copy(Parameter parameter) {
    StandIn standIn = named.get(parameter);
    if (standIn == null && changed != null) {
      standIn = changed.computeIfAbsent(parameter, p -> new StandIn(p.tensor()));
    }
    if (standIn == null) {
      throw new AssertionError(parameter);
    }
    standIn.copy();
  }
}
