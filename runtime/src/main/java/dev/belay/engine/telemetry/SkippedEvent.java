package dev.belay.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A checkpoint that was due was not made, for JDK Flight Recorder. */
@Name("dev.belay.Skipped")
@Label("Skipped checkpoint")
@Category("Belay")
@StackTrace(false)
final class SkippedEvent extends Event {

    @Label("Step")
    long step;

    @Label("Reason")
    String reason;

    static void record(long step, String reason) {
        SkippedEvent event = new SkippedEvent();
        event.step = step;
        event.reason = reason;
        event.commit();
    }
}
