/** How good predictions are: exact over all batches of a data set, whatever their sizes. */
@NullMarked
package dev.lanegrad.training.metric;

import org.jspecify.annotations.NullMarked;
