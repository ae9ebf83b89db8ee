/** Storage, layouts and the walk over strides. */
@NullMarked
package dev.lanegrad.autodiff.internal.memory;

import org.jspecify.annotations.NullMarked;
