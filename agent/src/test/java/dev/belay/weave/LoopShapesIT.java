package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small trainers in plain Java, one per shape of loop: killed and resumed in JVMs of their own, each ends as if it had
 * never been killed, or says at its first step why it cannot be saved. What the compiler is told differs by program.
 */
class LoopShapesIT {

    private static final long SEED = 20261125;
    private static final int KILLS = 2;
    private static final List<List<String>> VARIANTS = List.of(
            List.of("-g"),
            List.of("-g:none"),
            List.of("--release", "11"),
            List.of("--release", "8"),
            List.of("--release", "17"));

    @TempDir
    private Path home;

    private static Stream<TrainerSource> programs(boolean saved) throws IOException {
        int newest = Runtime.version().feature();
        return TrainerSource.all().stream().filter(s -> s.release() <= newest && (s.refused() == null) == saved);
    }

    static Stream<TrainerSource> saved() throws IOException {
        return programs(true);
    }

    static Stream<TrainerSource> refused() throws IOException {
        return programs(false);
    }

    private TrainerProgram compile(TrainerSource source) throws IOException {
        List<List<String>> possible = VARIANTS.stream()
                .filter(v -> v.size() == 1 || Integer.parseInt(v.get(1)) >= source.release())
                .toList();
        return new TrainerProgram(
                source, home, possible.get(Math.floorMod(source.name().hashCode(), possible.size())));
    }

    @ParameterizedTest
    @MethodSource("saved")
    void killed_and_resumed_it_ends_as_if_it_never_was(TrainerSource source) throws IOException, InterruptedException {
        Random random = new Random(SEED + source.name().hashCode());
        TrainerProgram program = compile(source);
        Life plain = program.plain().end();
        int steps = source.steps().orElse(plain.steps());
        long done = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // three steps between the save and the kill: some bodies make that many without a point between them
            long left = plain.steps() - done - 3;
            long save = done + 1 + (left > 1 ? random.nextInt((int) left / (KILLS - kill) + 1) : 0);
            long hold = Math.min(plain.steps(), save + 3);
            Life life = program.watched("steps,save_steps=" + save, Map.of("TRAINERS_HOLD", Long.toString(hold)));
            life.killHolding(Math.min(save, plain.steps() - 3));
            if (kill > 0) {
                assertThat(life.resumed().orElse(-1))
                        .as("seed %d %s", SEED, life)
                        .isGreaterThanOrEqualTo(done);
            }
            done = Math.max(done, Math.min(save, plain.steps() - 3));
        }
        Life last = program.watched("steps,save_steps=1000", Map.of()).end();
        assertThat(last.result()).as("seed %d %s", SEED, last).isEqualTo(plain.result());
        assertThat(last.resumed().orElseThrow()).isGreaterThanOrEqualTo(done).isPositive();
        if (!source.last()) {
            return;
        }
        assertThat(last.committed()).as(last.toString()).endsWith((long) steps);
        Life again = program.watched("steps,save_steps=1000", Map.of()).end();
        assertThat(again.result()).as(again.toString()).isEqualTo(plain.result());
        assertThat(again.resumed()).hasValue(steps);
        assertThat(again.committed()).as("nothing is left to save").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("saved")
    void with_the_agent_and_no_kill_it_does_what_it_does_without(TrainerSource source)
            throws IOException, InterruptedException {
        TrainerProgram program = compile(source);
        Life plain = program.plain().end();
        Life watched = program.watched("steps,save_steps=3", Map.of()).end();
        assertThat(watched.result()).as(watched.toString()).isEqualTo(plain.result());
        assertThat(watched.exitCode()).isZero();
        assertThat(watched.errors()).doesNotContain("REFUSED").doesNotContain("WARN");
        if (source.last()) {
            assertThat(watched.committed()).endsWith((long) source.steps().orElse(plain.steps()));
        } else {
            assertThat(watched.committed()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_cannot_be_saved_is_refused_and_trains_on(TrainerSource source) throws IOException, InterruptedException {
        TrainerProgram program = compile(source);
        Life plain = program.plain().end();
        Life watched = program.watched(
                        "steps,save_steps=1",
                        Map.of("TRAINERS_PACE", program.output().toString()))
                .end();
        assertThat(watched.result()).as(watched.toString()).isEqualTo(plain.result());
        assertThat(watched.errors()).contains("REFUSED ").contains(source.refused());
    }

    private Life watched(String program, String options, Map<String, String> environment)
            throws IOException, InterruptedException {
        return compile(TrainerSource.read(program))
                .watched(options, environment)
                .end();
    }

    private Map<String, String> paced() {
        return Map.of("TRAINERS_PACE", home.resolve("checkpoints").toString());
    }

    @Test
    void a_loop_in_a_synchronized_block_is_still_compiled() throws IOException, InterruptedException {
        Life life = watched(
                "HotMonitor", "steps,save_steps=1000000", Map.of("JAVA_TOOL_OPTIONS", "-Xbatch -XX:+PrintCompilation"));
        assertThat(life.toString()).contains("trainers.HotMonitor::train").contains("RESULT 300000");
        assertThat(life.toString().lines().filter(l -> l.contains("HotMonitor::train")))
                .noneMatch(l -> l.contains("COMPILE SKIPPED"));
    }

    @Test
    void each_training_loop_ends_with_one_checkpoint_of_its_last_step() throws IOException, InterruptedException {
        assertThat(watched("ForLoop", "steps,save_steps=1000", Map.of()).committed())
                .containsExactly(9L);
    }

    @Test
    void each_phase_of_a_training_ends_with_one_checkpoint_of_its_last_step() throws IOException, InterruptedException {
        assertThat(watched("TwoPhases", "steps,save_steps=1000", Map.of()).committed())
                .containsExactly(3L, 9L);
    }

    @Test
    void an_epoch_ends_where_the_loop_around_the_step_loop_goes_on_or_ends() throws IOException, InterruptedException {
        Life life = watched("Nested3", "epoch", Map.of());
        assertThat(life.result()).startsWith("RESULT 12");
        assertThat(life.epochs()).last().isEqualTo("12: 4.00");
    }

    @Test
    void epochs_of_a_later_phase_are_counted_too() throws IOException, InterruptedException {
        Life life = watched("TwoPhases", "steps,save_steps=1", paced());
        assertThat(life.epochs()).first().isEqualTo("1: none");
        assertThat(life.epochs()).last().isEqualTo("9: 2.00");
        assertThat(life.epochs()).filteredOn(e -> e.startsWith("7:")).allMatch("7: 1.33"::equals);
    }

    @Test
    void at_most_twice_save_steps_less_one_are_lost_when_checkpoints_keep_up()
            throws IOException, InterruptedException {
        Random random = new Random(SEED);
        for (int i = 0; i < 3; i++) {
            Path own = Files.createDirectory(home.resolve("run" + i));
            TrainerProgram program = new TrainerProgram(TrainerSource.read("ThreeMethods"), own, List.of("-g"));
            int hold = 7 + random.nextInt(6);
            Life killed = program.watched(
                    "steps,save_steps=2",
                    Map.of(
                            "TRAINERS_HOLD",
                            Integer.toString(hold),
                            "TRAINERS_PACE",
                            program.output().toString()));
            killed.killHolding(1);
            Life next = program.watched("steps,save_steps=1000", Map.of()).end();
            long lost = hold - 1 - next.resumed().orElseThrow();
            assertThat(lost).as("seed %d %s", SEED, next).isLessThanOrEqualTo(2 * 2 - 1);
        }
    }
}
