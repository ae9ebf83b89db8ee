/** L2: activations, losses, descent. */
@NullMarked
package dev.lanegrad.examples.lectures.descent;

import org.jspecify.annotations.NullMarked;
