package dev.belay.engine;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
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
    @DataAmount
    long bytes;

    @Label("Stall of the training thread")
    @Timespan
    long stallNanos;

    @Label("Write time")
    @Timespan
    long writeNanos;

    static void record(long step, long bytes, long stallNanos, long writeNanos) {
        CheckpointEvent event = new CheckpointEvent();
        event.step = step;
        event.bytes = bytes;
        event.stallNanos = stallNanos;
        event.writeNanos = writeNanos;
        event.commit();
    }
}
