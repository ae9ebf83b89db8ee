package dev.lanegrad.autodiff.internal.program;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What kernels may know of formulas and users may not. {@link Formula} provides the only
 * implementation, when its class is initialised: before there is one.
 */
public interface FormulaAccess {
  /** A number that a kernel is given when it runs, in place of a constant. */
  Formula slot(int index);

  /** Every function replaced by its recipe. */
  Program lower(DType dtype, List<Formula> formulas);

  /** That of all formulas. */
  static FormulaAccess get() {
    return Objects.requireNonNull(Holder.access);
  }

  /** Called by {@link Formula} alone. */
  static void set(FormulaAccess access) {
    Holder.access = access;
  }

  /** An interface's own fields are final. */
  final class Holder {
    private static @Nullable FormulaAccess access;

    private Holder() {}
  }
}
