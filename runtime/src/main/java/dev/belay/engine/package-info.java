/**
 * Composes the rooms: choose, verify and resume at the start, then snapshot and persist while the program trains.
 * Entry class: {@link dev.belay.engine.TrainingRun}.
 */
package dev.belay.engine;
