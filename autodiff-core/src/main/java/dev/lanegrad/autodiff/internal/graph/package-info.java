/** The recorded graph and the reverse pass. */
@NullMarked
package dev.lanegrad.autodiff.internal.graph;

import org.jspecify.annotations.NullMarked;
