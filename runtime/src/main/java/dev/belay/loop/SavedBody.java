package dev.belay.loop;

/**
 * A lambda's body that a saved run had called and that is not run again.
 *
 * @param call point of the call that had called it
 * @param method {@link MethodShape#key()}
 * @param ordinal {@link BodyCall#ordinal()}
 */
public record SavedBody(int call, String method, int ordinal) {}
