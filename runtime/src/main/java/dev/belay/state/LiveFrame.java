package dev.belay.state;

import java.util.Map;

/**
 * One activation of the running program.
 *
 * @param method key of its method
 * @param locals what it holds, by name
 */
public record LiveFrame(String method, Map<String, Object> locals) {}
