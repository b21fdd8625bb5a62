/**
 * What became of a job over all its attempts, read from a store for a report. Entry class:
 * {@link dev.belay.engine.history.RunHistory}.
 */
package dev.belay.engine.history;
