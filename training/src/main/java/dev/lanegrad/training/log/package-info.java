/** What a training says while it runs: on the console, in files, to TensorBoard. */
@NullMarked
package dev.lanegrad.training.log;

import org.jspecify.annotations.NullMarked;
