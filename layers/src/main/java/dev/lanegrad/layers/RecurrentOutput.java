package dev.lanegrad.layers;

import dev.lanegrad.autodiff.Tensor;

/**
 * What {@link RNN} and {@link GRU} make of a sequence.
 *
 * @param outputs the top layer's h of every step, {@code [steps, n, directions hidden]}, or {@code
 *     [n, steps, directions hidden]} where the batch comes first
 * @param hidden every layer's h after its last step, {@code [layers directions, n, hidden]}: layer
 *     by layer, the forward direction first
 */
public record RecurrentOutput(Tensor outputs, Tensor hidden) {}
