/**
 * Convolutions, transposed ones and gradients: of the input, of the weight ({@code
 * WeightGradient...}), of the bias ({@code ChannelSumLoop}), and windows written out ({@code
 * UnfoldLoop}). In: arrays of samples, channels, rows and columns, and how windows slide. Out:
 * another such array. Called by the operations of the same names.
 */
@org.jspecify.annotations.NullMarked
package dev.lanegrad.autodiff.internal.kernel.convolution;
