package dev.belay.loop;

import java.util.OptionalInt;

/**
 * {@code Class#method[:depth]} of the options {@code loop} and {@code step}; all overloads.
 *
 * @param className binary name of the declaring class
 * @param method method name
 * @param depth loops up to this nesting depth, 1 being the outermost; absent for a step
 */
public record MethodPattern(String className, String method, OptionalInt depth) {}
