package dev.belay.engine.history;

import dev.belay.engine.history.PastAttempt.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Tells by its process whether an attempt runs that has noted no end. */
public final class LiveProcess {

    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    /** A process may be no younger than the attempt that it made: its clock is as coarse as this. */
    private static final Duration COARSE = Duration.ofSeconds(2);

    private LiveProcess() {}

    /** Returns the name of this machine; empty where it is unknown. Asks no network. */
    public static String host() {
        try {
            return Files.readString(HOST).strip();
        } catch (IOException e) {
            return ""; // another system than Linux
        }
    }

    static End end(AttemptFacts facts, Instant started) {
        if (facts.host().isEmpty() || !facts.host().equals(host())) {
            return End.UNKNOWN;
        }
        return ProcessHandle.of(facts.pid())
                        .filter(ProcessHandle::isAlive)
                        .flatMap(p -> p.info().startInstant())
                        .filter(begun -> begun.isBefore(started.plus(COARSE)))
                        .isPresent()
                ? End.RUNNING
                : End.KILLED;
    }
}
