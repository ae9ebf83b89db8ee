/**
 * What a training needs besides a model and an optimizer.
 *
 * <p>A {@link dev.lanegrad.training.Dataset} is a pair of tensors that can be split, shuffled and
 * cut into batches; a {@link dev.lanegrad.training.DataLoader} prepares the next {@link
 * dev.lanegrad.training.Batch} in the background. {@link dev.lanegrad.training.ImageTransforms}
 * augment, {@link dev.lanegrad.training.Metrics} measure what was learned, and a {@link
 * dev.lanegrad.training.Fingerprint} tells whether two trainings gave the same bits.
 */
@NullMarked
package dev.lanegrad.training;

import org.jspecify.annotations.NullMarked;
