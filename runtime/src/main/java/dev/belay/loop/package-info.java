/**
 * Where the program is: woven points, the stack of loops that a thread is in, and the plan that leads a fresh program
 * back to a saved position. Woven code enters through {@link dev.belay.loop.Points}; the engine listens as
 * {@link dev.belay.loop.LoopListener}. Pure: no I/O.
 */
package dev.belay.loop;
