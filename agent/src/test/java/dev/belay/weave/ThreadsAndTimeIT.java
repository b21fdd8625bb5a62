package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that train in threads of their own, keep state with threads, or measure time: killed several times on each JDK
 * of {@code TEST_JDKS}, else on the one that runs the tests.
 */
class ThreadsAndTimeIT {

    private static final Duration DOWN = Duration.ofSeconds(3);

    @TempDir
    private Path home;

    static Stream<Path> jdks() {
        String named = System.getenv().getOrDefault("TEST_JDKS", System.getProperty("java.home"));
        return Arrays.stream(named.split("[,:]")).filter(h -> !h.isBlank()).map(h -> Path.of(h.strip()));
    }

    static Stream<Arguments> killed() {
        List<String> programs =
                List.of("InExecutor", "InThread", "InVirtual", "PhasesInExecutor", "IdlePool", "ThreadLocalState");
        return jdks().flatMap(jdk -> programs.stream().map(p -> Arguments.of(p, jdk)));
    }

    static Stream<Arguments> refused() {
        List<String> programs =
                List.of("SeveralTrainers", "BesideMonitor", "BesideVirtual", "ThreadPerFold", "WorkerLocals");
        return jdks().flatMap(jdk -> programs.stream().map(p -> Arguments.of(p, jdk)));
    }

    private TrainerProgram compile(String name, Path jdk) throws IOException {
        return new TrainerProgram(TrainerSource.read(name), home, List.of("-g")).on(jdk);
    }

    /** Saves after every step and is killed in this one. */
    private static Life killedIn(int step, TrainerProgram program) throws IOException, InterruptedException {
        Life life = program.watched(
                "log=debug,save_steps=1",
                Map.of(
                        "TRAINERS_HOLD",
                        Integer.toString(step),
                        "TRAINERS_PACE",
                        program.output().toString()));
        life.killHolding(step - 2);
        return life;
    }

    @ParameterizedTest
    @MethodSource("killed")
    void killed_in_three_steps_it_ends_as_if_it_never_was(String name, Path jdk)
            throws IOException, InterruptedException {
        TrainerProgram program = compile(name, jdk);
        Life plain = program.plain().end();
        for (int step : new int[] {4, 6, 8}) {
            Life life = killedIn(step, program);
            assertThat(life.errors()).doesNotContain("REFUSED");
        }
        Life last = program.watched("save_steps=1000", Map.of()).end();
        assertThat(last.resumed().orElse(-1)).as(last.toString()).isGreaterThanOrEqualTo(6);
        assertThat(last.result()).as(last.toString()).isEqualTo(plain.result());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_other_threads_do_is_refused_by_name(String name, Path jdk) throws IOException, InterruptedException {
        TrainerProgram program = compile(name, jdk);
        Life plain = program.plain().end();
        Life life = program.watched(
                        "save_steps=1", Map.of("TRAINERS_PACE", program.output().toString()))
                .end();
        assertThat(life.result()).as(life.toString()).isEqualTo(plain.result());
        assertThat(life.errors()
                        .lines()
                        .filter(l -> l.contains("REFUSED thread '") || l.contains("REFUSED WorkerLocals")))
                .as(life.toString())
                .singleElement()
                .asString()
                .contains(TrainerSource.read(name).refused());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_checkpoint_waits_for_a_task_beside(Path jdk) throws IOException, InterruptedException {
        TrainerProgram program = compile("TaskBeside", jdk);
        Life plain = program.plain().end();
        Life life = program.watched(
                        "log=debug,save_steps=1",
                        Map.of(
                                "TRAINERS_LINGER",
                                "true",
                                "TRAINERS_PACE",
                                program.output().toString()))
                .end();
        assertThat(life.result()).as(life.toString()).isEqualTo(plain.result());
        assertThat(life.errors())
                .contains("postponed: thread 'pool-1-thread-1' is in trainers.TaskBeside.linger(TaskBeside.java:")
                .doesNotContain("REFUSED");
        assertThat(life.committed()).as(life.toString()).endsWith(12L).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void generators_that_the_jdk_hides_go_on_where_they_were(Path jdk) throws IOException, InterruptedException {
        TrainerProgram program = compile("HiddenGenerators", jdk);
        Life killed = killedIn(9, program);
        Life last = program.watched("save_steps=1000", Map.of()).end();
        long saved = last.resumed().orElseThrow();
        // it is killed one or two steps behind its last checkpoint, and these are made again
        Map<Integer, String> first = lines(killed, "DRAW");
        Map<Integer, String> second = lines(last, "DRAW");
        assertThat(second).containsKey((int) saved + 1).containsKey(12);
        first.keySet().retainAll(second.keySet());
        if (saved < 8) {
            assertThat(first).isNotEmpty();
        }
        assertThat(second).as("%s%s", killed, last).containsAllEntriesOf(first);
        Map<Integer, String> fresh = lines(program.plain().end(), "DRAW");
        assertThat(fresh.get(12)).as("another run draws others").isNotEqualTo(second.get(12));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void time_that_it_was_down_is_in_no_elapsed_time(Path jdk) throws IOException, InterruptedException {
        for (long elapsed : elapsedWhileDown(compile("ElapsedTimes", jdk), "")) {
            assertThat(elapsed).isBetween(0L, DOWN.toMillis() - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void with_a_real_clock_it_is(Path jdk) throws IOException, InterruptedException {
        for (long elapsed : elapsedWhileDown(compile("ElapsedTimes", jdk), ",clock=real")) {
            assertThat(elapsed).isGreaterThanOrEqualTo(DOWN.toMillis());
        }
    }

    /** Returns how much each of its measures grew from the last saved step to the first one after the resume, in ms. */
    private static long[] elapsedWhileDown(TrainerProgram program, String options)
            throws IOException, InterruptedException {
        Life killed = killedIn(7, program);
        Thread.sleep(DOWN.toMillis());
        Life last = program.watched("save_steps=1000" + options, Map.of()).end();
        assertThat(last.result()).as(last.toString()).isEqualTo("RESULT 12 [12]");
        int saved = (int) last.resumed().orElseThrow();
        long[] before = numbers(lines(killed, "TIME").get(saved));
        long[] after = numbers(lines(last, "TIME").get(saved + 1));
        for (int i = 0; i < after.length; i++) {
            after[i] -= before[i];
        }
        return after;
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** Returns what a life printed of each step. */
    private static Map<Integer, String> lines(Life life, String word) {
        Map<Integer, String> lines = new TreeMap<>();
        life.toString().lines().filter(l -> l.startsWith(word + " ")).forEach(l -> {
            String[] parts = l.split(" ", 3);
            lines.put(Integer.parseInt(parts[1]), parts[2]);
        });
        return lines;
    }
}
