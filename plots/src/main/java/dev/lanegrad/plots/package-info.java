/**
 * Pictures of numbers, as PNG or SVG: {@link dev.lanegrad.plots.Curves} over one axis, {@link
 * dev.lanegrad.plots.Bars}, paths over {@link dev.lanegrad.plots.Contours}, and several of them in
 * a {@link dev.lanegrad.plots.Column}.
 *
 * <p>A {@link dev.lanegrad.plots.Picture} is an immutable description; {@code save} draws it, by
 * the library XChart.
 */
@NullMarked
package dev.lanegrad.plots;

import org.jspecify.annotations.NullMarked;
