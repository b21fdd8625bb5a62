package dev.belay.engine.telemetry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.FlightRecorder;

/** Counts what happens and tells those who watch. Thread-safe. */
public final class Telemetry {

    /** A runtime image may come without it. */
    private static final boolean FLIGHT_RECORDER = has("jdk.jfr");

    private static final long NONE = -1;

    private final AtomicLong step = new AtomicLong();
    private final AtomicLong checkpoints = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final List<Damage> damages = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong stallNanos = new AtomicLong();
    private final AtomicReference<Optional<Saved>> last = new AtomicReference<>(Optional.empty());
    private volatile long resumedStep = NONE;
    private volatile boolean inFlight;
    private volatile String refusal = "";
    private volatile boolean asked;

    /** The newest checkpoint of this attempt. */
    record Saved(long step, long stallNanos, long writeNanos) {}

    private record Damage(String checkpoint, String text) {}

    /** Returns what cannot be watched in this JVM, for people; empty if all can. */
    public static Optional<String> missing() {
        String without = (FLIGHT_RECORDER ? "" : "no events for JDK Flight Recorder (module jdk.jfr)")
                + (FLIGHT_RECORDER || hasManagement() ? "" : ", ")
                + (hasManagement() ? "" : "no MXBean (module java.management)");
        return without.isEmpty() ? Optional.empty() : Optional.of("this JVM has " + without);
    }

    /** The first event of a JVM that records nothing takes it 0.1 s: there is none before the first recording. */
    private static boolean recorded() {
        return FLIGHT_RECORDER && FlightRecorder.isInitialized();
    }

    static boolean hasManagement() {
        return has("java.management");
    }

    private static boolean has(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /** That many steps of the job are made. Costs no more than a store: called after each. */
    public void step(long steps) {
        step.lazySet(steps);
    }

    /** A checkpoint is about to be written, or no longer. */
    public void writing(boolean now) {
        inFlight = now;
    }

    /** A checkpoint was committed. */
    public void committed(long atStep, long bytesWritten, long sharedBytes, long stall, long write) {
        checkpoints.incrementAndGet();
        bytes.addAndGet(bytesWritten);
        stallNanos.addAndGet(stall);
        last.set(Optional.of(new Saved(atStep, stall, write)));
        if (recorded()) {
            CheckpointEvent.record(atStep, bytesWritten, sharedBytes, stall, write);
        }
    }

    /** A checkpoint that was due was not made, or not yet. */
    public void skipped(long atStep, String reason) {
        skipped.incrementAndGet();
        if (recorded()) {
            SkippedEvent.record(atStep, reason);
        }
    }

    /** Nothing will be saved any more. */
    public void refused(long atStep, String reason) {
        refusal = reason;
        skipped(atStep, reason);
    }

    /** A checkpoint was found to be damaged, before the program began. */
    public void damaged(String checkpoint, String damage) {
        damages.add(new Damage(checkpoint, damage));
    }

    /** Training begins. What was found before is told now: recordings of the command line start after the agents. */
    public void begins() {
        if (recorded()) {
            damages.forEach(d -> DamageEvent.record(d.checkpoint(), d.text()));
        }
    }

    /** The program goes on from a checkpoint. */
    public void resumed(String checkpoint, long atStep, String position) {
        step.set(atStep);
        resumedStep = atStep;
        if (recorded()) {
            RestoreEvent.record(checkpoint, atStep, position);
        }
    }

    /** Somebody wants a checkpoint now. */
    void ask() {
        asked = true;
    }

    /** Returns whether somebody wants a checkpoint now; once for each time that somebody did. */
    public boolean takeRequest() {
        if (asked) {
            asked = false;
            return true;
        }
        return false;
    }

    /** Returns the steps made. */
    public long step() {
        return step.get();
    }

    /** Returns the step that this attempt went on from; empty if it started anew. */
    Optional<Long> resumedStep() {
        return resumedStep == NONE ? Optional.empty() : Optional.of(resumedStep);
    }

    Optional<Saved> last() {
        return last.get();
    }

    /** Returns the step of the newest checkpoint that this attempt has made or gone on from; empty if there is none. */
    Optional<Long> savedStep() {
        return last().map(Saved::step).or(this::resumedStep);
    }

    boolean inFlight() {
        return inFlight;
    }

    /** Returns why nothing is saved any more; empty while checkpoints are made. */
    String refusal() {
        return refusal;
    }

    long checkpoints() {
        return checkpoints.get();
    }

    long skippedCount() {
        return skipped.get();
    }

    long damagedCount() {
        return damages.size();
    }

    long bytes() {
        return bytes.get();
    }

    long stallNanos() {
        return stallNanos.get();
    }
}
