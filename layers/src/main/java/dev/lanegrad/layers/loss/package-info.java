/** Losses with their settings; {@link dev.lanegrad.layers.Losses} has them as plain functions. */
@NullMarked
package dev.lanegrad.layers.loss;

import org.jspecify.annotations.NullMarked;
