/** Operations: how they are defined, and the ones there are. */
@NullMarked
package dev.lanegrad.autodiff.op;

import org.jspecify.annotations.NullMarked;
