package dev.belay.engine;

import dev.belay.state.JdkRandom;
import java.util.Optional;

/** Whether this JDK lets Belay see what it must see. */
public final class JdkAccess {

    private JdkAccess() {}

    /** Returns what is hidden; empty if all is well. */
    public static Optional<String> problem() {
        try {
            JdkRandom.roots();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(e.toString());
        }
    }
}
