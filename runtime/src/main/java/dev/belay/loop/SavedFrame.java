package dev.belay.loop;

/**
 * Where one woven activation was when it was saved.
 *
 * @param method {@link MethodShape#key()}
 * @param point index of its point
 */
public record SavedFrame(String method, int point) {}
