/**
 * Where data comes from: readers of files, and data sets that are made on the spot with the same
 * bits everywhere.
 *
 * <p>Read: {@link dev.lanegrad.training.data.Mnist} (IDX), {@link
 * dev.lanegrad.training.data.CsvTable} and {@link dev.lanegrad.training.data.ImageFolder}. Made:
 * {@link dev.lanegrad.training.data.Mnist1d}, {@link dev.lanegrad.training.data.StrokeDigits} and
 * {@link dev.lanegrad.training.data.Points2d}.
 */
@NullMarked
package dev.lanegrad.training.data;

import org.jspecify.annotations.NullMarked;
