package dev.belay.engine;

import dev.belay.engine.history.AttemptFacts;
import dev.belay.store.Attempt;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What this attempt notes of itself for a report: what it went on from, how far it has come, how it ends. One that is
 * killed leaves what it noted last. A note that fails is no harm to the program. Thread-safe.
 */
final class LifeNote {

    private static final long SHORTEST_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 10 * SHORTEST_NANOS;
    /** The longer an attempt has lived, the less it matters what its last seconds did. */
    private static final int SHARE_OF_LIFE = 10;

    private final Attempt attempt;
    private final Clock clock;
    private final LongSupplier step;
    private final Log log;
    private final String host = Holder.host();
    private final long begunNanos = System.nanoTime();
    private volatile long notedNanos = begunNanos;
    private volatile Executor writer = Runnable::run;
    private volatile long chosenSeq;
    private volatile long resumedSeq;
    private volatile OptionalLong resumedStep = OptionalLong.empty();
    private boolean over;

    /** @param step the steps made so far */
    LifeNote(Attempt attempt, Clock clock, LongSupplier step, Log log) {
        this.attempt = attempt;
        this.clock = clock;
        this.step = step;
        this.log = log;
    }

    /** As {@link Witness#connect}; MUST be called before the program's first step. */
    void connect(Executor slow, long seq) {
        writer = slow;
        chosenSeq = seq;
    }

    void begins() {
        write(Optional.empty());
    }

    /** The saved position is reached. */
    void resumed(long atStep) {
        resumedSeq = chosenSeq;
        resumedStep = OptionalLong.of(atStep);
        writer.execute(() -> write(Optional.empty()));
    }

    /** Training goes on. Called after each step, or many times a second. */
    void goesOn(long nowNanos) {
        long pause = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, (nowNanos - begunNanos) / SHARE_OF_LIFE));
        if (nowNanos - notedNanos >= pause) {
            notedNanos = nowNanos;
            writer.execute(() -> write(Optional.empty()));
        }
    }

    /** The process is about to end. */
    void ends(String how) {
        Thread.interrupted(); // a thread whose flag is set can write to no channel, and this one ends
        write(Optional.of(how));
    }

    private synchronized void write(Optional<String> end) {
        if (over) {
            return; // the first reason is the reason
        }
        over = end.isPresent();
        AttemptFacts facts = new AttemptFacts(
                host, ProcessHandle.current().pid(), resumedSeq, resumedStep, step.getAsLong(), clock.millis(), end);
        try {
            attempt.note(facts.fields());
        } catch (IOException e) {
            log.debug("this attempt's note could not be written: " + e);
        }
    }
}
