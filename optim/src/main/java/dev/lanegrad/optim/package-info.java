/**
 * How parameters follow their gradients.
 *
 * <p>An {@link dev.lanegrad.optim.Optimizer} holds the parameters of a model and what a rule, such
 * as {@link dev.lanegrad.optim.Adam}, remembers of each; {@code step(gradients)} updates them in
 * place, each in one pass over memory.
 */
@NullMarked
package dev.lanegrad.optim;

import org.jspecify.annotations.NullMarked;
