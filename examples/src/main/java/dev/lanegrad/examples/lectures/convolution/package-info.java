/** L5: training well, and convolution. */
@NullMarked
package dev.lanegrad.examples.lectures.convolution;

import org.jspecify.annotations.NullMarked;
