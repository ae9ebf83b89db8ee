/** Not for users: settings, and access to tensors across packages. */
@NullMarked
package dev.lanegrad.autodiff.internal;

import org.jspecify.annotations.NullMarked;
