/** Tensors, gradients and transformations: what a user of the library needs. */
@NullMarked
package dev.lanegrad.autodiff;

import org.jspecify.annotations.NullMarked;
