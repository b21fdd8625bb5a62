package dev.belay.engine;

import dev.belay.state.Unsupported;
import java.time.Duration;
import java.util.Optional;

/** The one thread of the program that trains: the first one that makes a step, or the one that was resumed. */
final class TrainingThread {

    private static final String MAIN = "main";
    private static final long PATIENCE_WITH_OTHER_THREADS =
            Duration.ofSeconds(2).toNanos();

    private volatile Thread trainer;

    /** Returns whether a thread has trained yet. */
    boolean known() {
        return trainer != null;
    }

    /** Before the first step, and in threads that only prepare data, points have nothing to serve. */
    boolean isElsewhere() {
        return trainer != Thread.currentThread();
    }

    /** The calling thread trains from now on. */
    void becomesThis() {
        trainer = Thread.currentThread();
    }

    /** What trained was no training loop. */
    void forget() {
        trainer = null;
    }

    /** Several threads may make their first step at once: one of them is saved, and the next gets the reason why it is not. */
    synchronized Optional<Unsupported> claim() {
        Thread thread = Thread.currentThread();
        if (trainer == null) {
            trainer = thread;
        }
        return trainer == thread
                ? Optional.empty()
                : Optional.of(new Unsupported(
                        BusyThread.name(thread),
                        "it trains " + (trainer.isAlive() ? "beside " : "after ") + BusyThread.name(trainer)
                                + ", and Belay saves one training thread; train in one thread"));
    }

    /**
     * Returns whether the calling thread may be the one that trains, where that is found out while the program runs.
     *
     * @param nanos how long it has been in one loop
     */
    boolean mayTrain(long nanos) {
        boolean main = Thread.currentThread().getName().equals(MAIN);
        return trainer == null ? main || nanos >= PATIENCE_WITH_OTHER_THREADS : !isElsewhere();
    }
}
