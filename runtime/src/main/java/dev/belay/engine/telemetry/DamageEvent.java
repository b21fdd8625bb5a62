package dev.belay.engine.telemetry;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A checkpoint that a resume would have taken is damaged, for JDK Flight Recorder. */
@Name("dev.belay.Damage")
@Label("Damaged checkpoint")
@Category("Belay")
@StackTrace(false)
final class DamageEvent extends Event {

    @Label("Checkpoint")
    String checkpoint;

    @Label("Damage")
    String damage;

    static void record(String checkpoint, String damage) {
        DamageEvent event = new DamageEvent();
        event.checkpoint = checkpoint;
        event.damage = damage;
        event.commit();
    }
}
