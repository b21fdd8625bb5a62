package dev.belay.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** One committed checkpoint, for JDK Flight Recorder. */
@Name("dev.belay.Checkpoint")
@Label("Checkpoint")
@Category("Belay")
@StackTrace(false)
final class CheckpointEvent extends Event {

    @Label("Step")
    long step;

    @Label("Size")
    @Description("What was written for it")
    @DataAmount
    long bytes;

    @Label("Shared size")
    @Description("What was taken over unchanged from the checkpoint before")
    @DataAmount
    long sharedBytes;

    @Label("Stall of the training thread")
    @Timespan
    long stallNanos;

    @Label("Write time")
    @Timespan
    long writeNanos;

    static void record(long step, long bytes, long sharedBytes, long stallNanos, long writeNanos) {
        CheckpointEvent event = new CheckpointEvent();
        event.step = step;
        event.bytes = bytes;
        event.sharedBytes = sharedBytes;
        event.stallNanos = stallNanos;
        event.writeNanos = writeNanos;
        event.commit();
    }
}
