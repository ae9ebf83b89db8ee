package dev.lanegrad.benchmarks;

/**
 * What a line of the table of layers says.
 *
 * @param task the call of the layer, or the step of the trainer
 * @param nanos its median time
 * @param byHandNanos that of the operations under it
 * @param added median of the differences in one round
 */
record LayerCost(Task task, double nanos, double byHandNanos, double added) {}
