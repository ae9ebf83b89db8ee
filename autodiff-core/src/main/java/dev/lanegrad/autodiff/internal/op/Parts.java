package dev.lanegrad.autodiff.internal.op;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.Elementwise;
import dev.lanegrad.autodiff.op.Fold;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What compositions of the library do with formulas and folds, and users may not. */
public final class Parts {
  private static @Nullable Access access;

  /** {@link Elementwise} provides the only one, when its class is initialised. */
  public interface Access {
    Tensor part(Elementwise formula, Tensor... inputs);

    Tensor part(Fold fold, Tensor... inputs);

    void compute(Elementwise formula, Tensor result, Tensor... inputs);

    void compute(Fold fold, Tensor result, Tensor... inputs);

    Elementwise function(Formula formula, int inputs);

    boolean derivativesRead(Elementwise formula, int input);
  }

  private Parts() {}

  /** The one result of one formula, as a part of a composition that has checked its inputs. */
  static Tensor of(Elementwise formula, Tensor... inputs) {
    return access().part(formula, inputs);
  }

  /** The fold of tensors, as a part of a composition that has checked its inputs. */
  static Tensor of(Fold fold, Tensor... inputs) {
    return access().part(fold, inputs);
  }

  /** Stores the result of one formula, as a part of a primitive operation. */
  static void compute(Elementwise formula, Tensor result, Tensor... inputs) {
    access().compute(formula, result, inputs);
  }

  /** Stores the fold of tensors, as a part of a primitive operation. */
  static void compute(Fold fold, Tensor result, Tensor... inputs) {
    access().compute(fold, result, inputs);
  }

  /** A function of so many inputs, whether it reads them or not. */
  static Elementwise function(Formula formula, int inputs) {
    return access().function(formula, inputs);
  }

  /** Whether any derivative reads an input, and not only what was computed from it. */
  static boolean derivativesRead(Elementwise formula, int input) {
    return access().derivativesRead(formula, input);
  }

  private static Access access() {
    if (access == null) {
      try {
        MethodHandles.lookup().ensureInitialized(Elementwise.class);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return Objects.requireNonNull(access);
  }

  /** Called by {@link Elementwise} alone. */
  public static void set(Access access) {
    Parts.access = access;
  }
}
