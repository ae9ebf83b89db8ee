/** Data sets that are made, not downloaded. */
@NullMarked
package dev.lanegrad.training.data;

import org.jspecify.annotations.NullMarked;
