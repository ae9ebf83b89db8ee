/** Pictures of numbers. */
@NullMarked
package dev.lanegrad.plots;

import org.jspecify.annotations.NullMarked;
