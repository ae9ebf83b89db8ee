/** How the settings of an optimizer change from step to step. */
@NullMarked
package dev.lanegrad.optim.schedule;

import org.jspecify.annotations.NullMarked;
