package dev.belay.state;

import java.util.Optional;

/** Knows the streams, readers, writers and channels that a program keeps open; the engine implements it. */
@FunctionalInterface
public interface Streams {

    /** None can be continued. */
    Streams REFUSED = stream -> Optional.of("it is open across the loop, and only files that are written in turn are"
            + " continued, with files=continue; open it inside the loop's body");

    /**
     * A stream was met in a program's state. It stays the fresh program's; nothing that it holds is saved.
     *
     * @return why this is not exact, as {@code <why>; <what to do>}; empty if it is
     */
    Optional<String> refusal(Object stream);
}
