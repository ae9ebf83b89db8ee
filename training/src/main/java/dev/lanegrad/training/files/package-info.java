/**
 * Files that other programs read and write too: safetensors, NumPy's arrays, TensorBoard's logs.
 */
@NullMarked
package dev.lanegrad.training.files;

import org.jspecify.annotations.NullMarked;
