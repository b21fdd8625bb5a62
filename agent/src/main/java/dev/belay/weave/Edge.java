package dev.belay.weave;

/** A normal edge between two real instructions. */
record Edge(int from, int to) {}
