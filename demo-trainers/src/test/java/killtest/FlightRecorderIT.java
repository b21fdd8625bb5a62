package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events that a real recording holds, and a JVM that has no recorder. */
class FlightRecorderIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    private List<RecordedEvent> events(Path recording, String name) throws IOException {
        return RecordingFile.readAllEvents(recording).stream()
                .filter(e -> e.getEventType().getName().equals(name))
                .toList();
    }

    private Command recorded(Command command, Path recording) {
        return command.with("-XX:StartFlightRecording=filename=" + recording);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void checkpoints_a_restore_and_damage_are_recorded(Path jdk) throws IOException {
        Command command = TRAINER.command(jdk);
        Path directory = scratch.resolve("run");
        Path recording = scratch.resolve("run.jfr");
        Halted.after(TRAINER, command, directory, 75);
        Damage.flipBit(TRAINER.output(directory).resolve("checkpoint-75/loop.kryo"), 100);

        Outcome resumed = Fork.run(recorded(command, recording).belay(TRAINER.options()), directory);

        assertThat(resumed.resumedAt()).hasValue(70);
        assertThat(events(recording, "dev.belay.Checkpoint"))
                .extracting(e -> e.getLong("step"))
                .isEqualTo(resumed.committed());
        assertThat(events(recording, "dev.belay.Checkpoint")).allSatisfy(e -> {
            assertThat(e.getLong("bytes")).isPositive();
            assertThat(e.getDuration("stallNanos").toNanos()).isPositive();
            assertThat(e.getDuration("writeNanos").toNanos()).isPositive();
        });
        assertThat(events(recording, "dev.belay.Restore")).singleElement().satisfies(e -> {
            assertThat(e.getLong("step")).isEqualTo(70);
            assertThat(e.getString("checkpoint")).isEqualTo("checkpoint-70");
            assertThat(e.getString("position")).contains("PlainSoftmax");
        });
        assertThat(events(recording, "dev.belay.Damage")).singleElement().satisfies(e -> {
            assertThat(e.getString("checkpoint")).isEqualTo("checkpoint-75");
            assertThat(e.getString("damage")).contains("loop.kryo");
        });
        assertThat(events(recording, "dev.belay.Skipped"))
                .as("only those that had to wait for the one before")
                .allSatisfy(e -> assertThat(e.getString("reason")).contains("being written"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_is_refused_is_recorded_as_skipped(Path jdk) throws IOException {
        Path recording = scratch.resolve("run.jfr");
        Command command = new Command(
                jdk, List.of(), Built.testProgramClassPath(), "killtest.program.Unsavable", List.of(), Map.of());
        Outcome outcome = Fork.run(
                recorded(command, recording).belay("step=killtest.program.Unsavable#update", "save_strategy=steps"),
                scratch.resolve("run"));
        assertThat(outcome.belayLines("WARN")).isNotEmpty();
        String refused = outcome.belayLines("WARN").stream()
                .filter(l -> l.contains("REFUSED"))
                .findFirst()
                .orElseThrow();
        assertThat(events(recording, "dev.belay.Skipped"))
                .singleElement()
                .satisfies(e -> assertThat(refused).contains("REFUSED " + e.getString("reason")));
        assertThat(events(recording, "dev.belay.Checkpoint")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_jvm_without_the_recorder_trains_and_saves_all_the_same(Path jdk) {
        Command command = TRAINER.command(jdk);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Outcome outcome = Fork.run(
                command.with("--limit-modules=java.base,java.instrument").belay(TRAINER.options("log=debug")),
                scratch.resolve("run"));
        assertThat(outcome.finalLine()).isEqualTo(plain.finalLine());
        assertThat(outcome.committed()).contains((long) Trainer.STEPS);
        assertThat(outcome.belayLines("WARN")).isEmpty();
        assertThat(outcome.belayLines("DEBUG"))
                .anyMatch(
                        l -> l.contains("this JVM has no events for JDK Flight Recorder (module jdk.jfr), no MXBean"));
    }

    /** Without a recording nothing of the recorder is started. */
    @ParameterizedTest
    @MethodSource("jdks")
    void where_nobody_records_and_nobody_asks_nothing_is_started(Path jdk) {
        Outcome outcome = Fork.run(
                TRAINER.command(jdk).with("-Xlog:class+load").belay(TRAINER.options()), scratch.resolve("run"));
        assertThat(outcome.committed()).contains((long) Trainer.STEPS);
        assertThat(outcome.stdout())
                .as("what is loaded is seen")
                .contains("dev.belay.engine.telemetry.Telemetry source");
        assertThat(outcome.stdout())
                .doesNotContain("jdk.jfr.Event source")
                .doesNotContain("CheckpointEvent source")
                .doesNotContain("JmxMBeanServer source");
    }
}
