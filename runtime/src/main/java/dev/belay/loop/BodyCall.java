package dev.belay.loop;

/**
 * One call of a lambda's body by the JDK, as a stream or {@code forEach} makes them one after the other.
 *
 * @param method the body
 * @param ordinal how many calls of this body the same call of the JDK had made before
 * @param arguments what it was called with, boxed
 * @param trained whether a loop of it, or one that it called, trained
 * @param result what it returned, boxed; null for a body that returns nothing
 */
public record BodyCall(MethodShape method, int ordinal, Object[] arguments, boolean trained, Object result) {}
