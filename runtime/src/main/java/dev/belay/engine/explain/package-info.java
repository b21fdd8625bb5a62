/**
 * What {@code explain} tells of a program: how it is asked for, and the report that the engine makes of what it did. Entry
 * class: {@link dev.belay.engine.explain.Question}.
 */
package dev.belay.engine.explain;
