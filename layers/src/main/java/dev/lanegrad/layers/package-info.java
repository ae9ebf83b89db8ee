/**
 * Layers and initialisers, with the names and defaults of PyTorch.
 *
 * <p>A {@link dev.lanegrad.layers.Layer} defines {@code forward} and lists its parameters and
 * children; {@link dev.lanegrad.layers.Sequential} joins layers, and lambdas, to a model. {@link
 * dev.lanegrad.layers.Losses} has the losses as functions. Weights are drawn by an {@link
 * dev.lanegrad.layers.Initializer} from the generator that a layer is given as its last argument.
 */
@NullMarked
package dev.lanegrad.layers;

import org.jspecify.annotations.NullMarked;
