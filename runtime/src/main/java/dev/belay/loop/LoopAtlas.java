package dev.belay.loop;

import java.util.Optional;

/** Knows the loops of methods that were not woven; the weaver implements it. */
@FunctionalInterface
public interface LoopAtlas {

    /**
     * Returns the loop around a bytecode index, as {@code Class#method:line}.
     *
     * @param bytecodeIndex index in the method's code as loaded; negative for native methods
     */
    Optional<String> loopAt(Class<?> owner, String method, String descriptor, int bytecodeIndex);
}
