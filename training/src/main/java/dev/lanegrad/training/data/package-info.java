/** Data sets that are made, not downloaded, and readers of files. */
@NullMarked
package dev.lanegrad.training.data;

import org.jspecify.annotations.NullMarked;
