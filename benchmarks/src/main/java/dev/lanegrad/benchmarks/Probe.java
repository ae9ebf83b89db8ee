package dev.lanegrad.benchmarks;

/** A task in a process. */
record Probe(Contender contender, Task task) {}
