package dev.belay.engine;

import dev.belay.engine.history.AttemptFacts;
import dev.belay.engine.telemetry.StatusTitle;
import dev.belay.engine.telemetry.Telemetry;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sees what this attempt does, for those who watch it now and for those who read of it later. Decides nothing. */
final class Witness {

    private static final long TITLE_MILLIS = 1_000;

    private final Telemetry telemetry;
    private final LifeNote life;
    private final Optional<StatusTitle> title;
    private boolean waiting;
    private boolean trains;

    Witness(Telemetry telemetry, LifeNote life, Optional<StatusTitle> title) {
        this.telemetry = telemetry;
        this.life = life;
        this.title = title;
    }

    /** The attempt begins. */
    void begins() {
        life.begins();
        ExitCode.tell(code -> ends(AttemptFacts.ENDED + code.code()));
        title.ifPresent(t -> new OwnThread(() -> show(t), "belay-status").start());
    }

    /**
     * Training may begin.
     *
     * @param writer does what takes time
     * @param chosenSeq of the checkpoint that is to be resumed; 0 if there is none, or it is one of another directory
     */
    void connect(Executor writer, long chosenSeq) {
        life.connect(writer, chosenSeq);
    }

    private void show(StatusTitle shown) {
        try {
            while (true) {
                Thread.sleep(TITLE_MILLIS);
                if (telemetry.step() > 0) {
                    shown.show();
                }
            }
        } catch (InterruptedException e) {
            return; // somebody stops all threads
        }
    }

    /** Steps were made. */
    void stepped(long steps, long nowNanos) {
        if (!trains) {
            trains = true;
            telemetry.begins();
        }
        telemetry.step(steps);
        life.goesOn(nowNanos);
    }

    /** Returns whether somebody wants a checkpoint now; once for each time. */
    boolean asked() {
        return telemetry.takeRequest();
    }

    /** A checkpoint is due and has to wait; told once for each. */
    void waits(long step, String why) {
        if (!waiting) {
            waiting = true;
            telemetry.skipped(step, why);
        }
    }

    /** A snapshot was taken. */
    void taken() {
        waiting = false;
    }

    /** Nothing is saved from now on. */
    void refused(String why) {
        telemetry.refused(telemetry.step(), why);
    }

    /** The program goes on from a checkpoint. */
    void resumed(String checkpoint, long step, String position) {
        trains = true;
        telemetry.begins();
        telemetry.resumed(checkpoint, step, position);
        life.resumed(step);
    }

    /** The program ends. */
    void programEnds(boolean signalled) {
        ends(signalled ? AttemptFacts.SIGNAL : AttemptFacts.EXIT);
    }

    private void ends(String how) {
        life.ends(how);
        title.ifPresent(StatusTitle::restore);
    }
}
