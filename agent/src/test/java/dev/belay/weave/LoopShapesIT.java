package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
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
            Life life = program.watched("save_steps=" + save, Map.of("TRAINERS_HOLD", Long.toString(hold)));
            life.killHolding(Math.min(save, plain.steps() - 3));
            if (kill > 0) {
                assertThat(life.resumed().orElse(-1))
                        .as("seed %d %s", SEED, life)
                        .isGreaterThanOrEqualTo(done);
            }
            done = Math.max(done, Math.min(save, plain.steps() - 3));
        }
        Life last = program.watched("save_steps=1000", Map.of()).end();
        assertThat(last.result()).as("seed %d %s", SEED, last).isEqualTo(plain.result());
        assertThat(last.resumed().orElseThrow()).isGreaterThanOrEqualTo(done).isPositive();
        assertThat(last.committed()).as(last.toString()).endsWith((long) steps);
        Life again = program.watched("save_steps=1000", Map.of("TRAINERS_HOLD", "any"))
                .end();
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
        Life watched = program.watched("save_steps=3", Map.of()).end();
        assertThat(watched.result()).as(watched.toString()).isEqualTo(plain.result());
        assertThat(watched.exitCode()).isZero();
        assertThat(watched.errors()).doesNotContain("REFUSED").doesNotContain("WARN");
        assertThat(watched.committed()).endsWith((long) source.steps().orElse(plain.steps()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_cannot_be_saved_is_refused_and_trains_on(TrainerSource source) throws IOException, InterruptedException {
        TrainerProgram program = compile(source);
        Life plain = program.plain().end();
        Life watched = program.watched(
                        "save_steps=1", Map.of("TRAINERS_PACE", program.output().toString()))
                .end();
        assertThat(watched.result()).as(watched.toString()).isEqualTo(plain.result());
        assertThat(watched.errors()).contains("REFUSED ").contains(source.refused());
    }
}
