package dev.belay.loop;

import java.util.Optional;

/** Knows the loops that were not woven; the weaver implements it. */
public interface LoopAtlas {

    /**
     * Returns the loop around a bytecode index, as {@code Class#method:line}.
     *
     * @param bytecodeIndex index in the method's code as loaded; negative for native methods
     */
    Optional<String> loopAt(Class<?> owner, String method, String descriptor, int bytecodeIndex);

    /**
     * Returns a loop around a source line, as {@code Class#method:line}, in any method of that name: no more is known of
     * where another thread is.
     *
     * @param line negative where it is not known: any loop will do then
     */
    Optional<String> loopAtLine(Class<?> owner, String method, int line);

    /**
     * Returns notes on a woven method.
     *
     * @param method {@link MethodShape#key()}
     */
    CodeNotes notes(String method);
}
