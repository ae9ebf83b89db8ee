/** Optimizers. */
@NullMarked
package dev.lanegrad.optim;

import org.jspecify.annotations.NullMarked;
