package dev.lanegrad.autodiff.internal.kernel.convolution;

import dev.lanegrad.autodiff.internal.kernel.convolution.ConvolutionAxis.Target;
import dev.lanegrad.autodiff.internal.kernel.copying.Box;
import dev.lanegrad.autodiff.internal.kernel.copying.RowMoves;
import org.jspecify.annotations.Nullable;

/**
 * Results that are computed from the same elements of the kernel.
 *
 * @param start where in a channel of the result the first one goes
 * @param tile where the tile begins that they are computed in
 * @param box what of it is copied into the result
 * @param moves the same as vectors
 * @param packed what does the work if windows are packed
 * @param kernel null where that does, or scalar loops, which need no blocks
 * @param blocks for as many samples as lie side by side
 * @param lastBlocks for the last ones
 */
record ConvolutionPass(
    Target rows,
    Target columns,
    int[] offsets,
    PackedWeight weight,
    int start,
    int tile,
    Box box,
    RowMoves moves,
    @Nullable PackedWindows packed,
    @Nullable ConvolutionKernel kernel,
    ConvolutionBlocks blocks,
    ConvolutionBlocks lastBlocks) {}
