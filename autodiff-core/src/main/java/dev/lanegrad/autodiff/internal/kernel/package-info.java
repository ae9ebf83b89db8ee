/** Kernels: what is generated, how it is run and kept. */
@NullMarked
package dev.lanegrad.autodiff.internal.kernel;

import org.jspecify.annotations.NullMarked;
