/**
 * Pictures of numbers, as PNG or SVG: {@link dev.lanegrad.plots.Curves}, {@link
 * dev.lanegrad.plots.Scatter}, paths over {@link dev.lanegrad.plots.Contours}, decision {@link
 * dev.lanegrad.plots.Regions}, {@link dev.lanegrad.plots.Bars}, {@link dev.lanegrad.plots.Heatmap},
 * {@link dev.lanegrad.plots.Images}, and several of them in a {@link dev.lanegrad.plots.Column};
 * and drawings of computational {@link dev.lanegrad.plots.Graphs} and of {@link
 * dev.lanegrad.plots.Networks}.
 *
 * <p>A {@link dev.lanegrad.plots.Picture} is an immutable description; {@code save} and {@code
 * toSvg} draw it, those with axes by the library XChart.
 */
@NullMarked
package dev.lanegrad.plots;

import org.jspecify.annotations.NullMarked;
