package dev.lanegrad.autodiff;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that stand in the place of parameters on a thread. A parameter counts the
 * substitutions that are open for it on all threads, so that one that knows of none is seen: it is
 * refused rather than given the numbers that somebody meant to replace.
 *
 * @param standIns by parameter
 * @param isComplete whether somebody said that there are no others on this thread
 */
record Substitution(Map<Parameter, Tensor> standIns, boolean isComplete) {
  private static final ScopedValue<Substitution> CURRENT = ScopedValue.newInstance();
  private static final Substitution NONE = new Substitution(Map.of(), false);

  /** That of this thread. */
  static Substitution current() {
    return CURRENT.orElse(NONE);
  }

  /** This one, but for the parameters that have another stand-in now. */
  Substitution and(Map<Parameter, Tensor> others) {
    Map<Parameter, Tensor> all = new HashMap<>(standIns);
    all.putAll(others);
    return new Substitution(all, isComplete);
  }

  /** All there is on the thread it is carried to. */
  Substitution complete() {
    return new Substitution(standIns, true);
  }

  @Override
  public String toString() {
    return "substitutes " + standIns.keySet();
  }

  /** Runs something with these stand-ins and no others. */
  <T extends @Nullable Object> T call(Supplier<T> action) {
    standIns.keySet().forEach(Parameter::beginSubstitution);
    try {
      return ScopedValue.where(CURRENT, this).call(action::get);
    } finally {
      standIns.keySet().forEach(Parameter::endSubstitution);
    }
  }

  /** What stands in the place of a parameter that is substituted on some thread, or null. */
  @Nullable Tensor of(Parameter parameter) {
    Tensor standIn = standIns.get(parameter);
    if (standIn == null && !isComplete) {
      throw new SubstitutionException(
          ("parameter \"%s\" is used on thread \"%s\" while another thread substitutes it. If this"
               + " is part of the substitution, take Scopes.current() there and use call(..) of it"
               + " here; if the parameter's own numbers are meant, use Scopes.current().call(..)"
               + " here")
              .formatted(parameter.name(), Thread.currentThread().getName()));
    }
    return standIn;
  }
}
