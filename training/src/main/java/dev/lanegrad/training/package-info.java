/** Batches, metrics and what else a training needs. */
@NullMarked
package dev.lanegrad.training;

import org.jspecify.annotations.NullMarked;
