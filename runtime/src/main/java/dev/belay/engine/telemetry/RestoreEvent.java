package dev.belay.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The program goes on from a checkpoint, for JDK Flight Recorder. */
@Name("dev.belay.Restore")
@Label("Restore")
@Category("Belay")
@StackTrace(false)
final class RestoreEvent extends Event {

    @Label("Checkpoint")
    String checkpoint;

    @Label("Step")
    long step;

    @Label("Position")
    String position;

    static void record(String checkpoint, long step, String position) {
        RestoreEvent event = new RestoreEvent();
        event.checkpoint = checkpoint;
        event.step = step;
        event.position = position;
        event.commit();
    }
}
