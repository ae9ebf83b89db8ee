package dev.lanegrad.autodiff.op;

import dev.lanegrad.autodiff.internal.op.Copy;

/**
 * An operation whose outputs show elements of its inputs where they lie, in another shape or order:
 * nothing is computed. Where the layout of an input does not allow that, it makes a {@link Copy}
 * first.
 */
public interface ViewOp extends Op {}
