/** Checks gradients, of the library's operations and of users' own. */
@NullMarked
package dev.lanegrad.autodiff.check;

import org.jspecify.annotations.NullMarked;
