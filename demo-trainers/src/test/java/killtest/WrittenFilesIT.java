package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import killtest.observer.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a program that was killed and resumed equal those of one that was not, byte for byte. */
class WrittenFilesIT {

    private static final Wish.Job JOB = new Wish.Job(32, 7, 0);
    private static final String[] OPTIONS = {
        "step=killtest.program.Writing#step", "save_strategy=steps", "save_steps=7", "on_unsupported=exit"
    };
    private static final int INCOMPATIBLE = 5;
    private static final int POSITION_MISSED = 70;

    @TempDir
    Path scratch;

    private static Command command(Path jdk, String ways) {
        return new Command(
                jdk, List.of(), Built.testProgramClassPath(), "killtest.program.Writing", List.of(ways, "4"), Map.of());
    }

    private static String[] options(String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(OPTIONS), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    /** Returns what the program wrote, by name. */
    private static Map<String, String> written(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>(Tree.contents(directory));
        files.keySet().removeIf(name -> name.startsWith("checkpoints"));
        assertThat(files).isNotEmpty();
        return files;
    }

    /** Kills twice: before and after the middle, some steps past a checkpoint. */
    private Path killedTwice(Command command, String... options) {
        Path directory = scratch.resolve("run");
        Halted.after(command, directory, 7, JOB, options);
        Outcome second = Halted.after(command, directory, 21, JOB, options);
        assertThat(second.resumedAt()).as("%s", second).hasValue(7);
        return directory;
    }

    private Map<String, String> undisturbed(Command command) throws IOException {
        Path directory = scratch.resolve("plain");
        assertThat(Fork.run(command, directory).exit()).isZero();
        return written(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kept",
                "flushed",
                "binary",
                "two",
                "epochs",
                "reopened+delete",
                "appended+whole",
                "late",
                "moved",
                "field+reopened",
                "stdout",
                "leaked",
            })
    void they_are_equal(String ways) throws IOException {
        for (Path jdk : Jdks.all()) {
            scratch = Files.createTempDirectory(scratch, "jdk");
            Command command = command(jdk, ways);
            Path directory = killedTwice(command, OPTIONS);

            Outcome last = Fork.run(command.belay(OPTIONS), directory);

            assertThat(last.exit()).as("%s", last).isZero();
            assertThat(last.resumedAt()).as("%s", last).hasValue(21);
            Map<String, String> wanted = undisturbed(command);
            assertThat(written(directory)).isEqualTo(wanted);

            Outcome again = Fork.run(command.belay(OPTIONS), directory);
            assertThat(again.exit()).as("a finished run, %s", again).isZero();
            assertThat(written(directory)).as("after a finished run").isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reopened", "appended", "late"})
    void left_alone_they_differ(String ways) throws IOException {
        Command command = command(Jdks.one(), ways);
        Path directory = killedTwice(command, options("files=leave"));

        Outcome last = Fork.run(command.belay(options("files=leave")), directory);

        assertThat(last.exit()).as("%s", last).isZero();
        assertThat(written(directory)).isNotEqualTo(undisturbed(command));
    }

    @Test
    void left_alone_a_file_that_is_kept_open_is_refused() {
        Outcome outcome = Fork.run(command(Jdks.one(), "kept").belay(options("files=leave")), scratch.resolve("run"));
        outcome.assertEndedWith(INCOMPATIBLE, "REFUSED", "Writing.kept/out", "files=continue");
    }

    @Test
    void a_file_that_is_written_at_any_place_is_refused() {
        Outcome outcome = Fork.run(command(Jdks.one(), "random").belay(OPTIONS), scratch.resolve("run"));
        outcome.assertEndedWith(INCOMPATIBLE, "REFUSED", "random.bin", "files=leave");
    }

    @Test
    void a_file_that_is_shorter_than_recorded_is_refused_before_the_program_starts() throws IOException {
        Command command = command(Jdks.one(), "kept");
        Path directory = killedTwice(command, OPTIONS);
        Path file = directory.resolve("kept.csv");
        Files.writeString(file, "step,weight\n");

        Outcome outcome = Fork.run(command.belay(OPTIONS), directory);

        outcome.assertEndedWith(INCOMPATIBLE, "kept.csv", "found 12 bytes, expected", "files=leave");
        assertThat(outcome.stdout()).isEmpty();
        assertThat(file).hasContent("step,weight\n");
    }

    @Test
    void a_file_that_is_gone_or_changed_is_refused_before_the_program_starts() throws IOException {
        Command command = command(Jdks.one(), "reopened");
        Path directory = killedTwice(command, OPTIONS);
        Path file = directory.resolve("reopened.txt");
        byte[] changed = Files.readAllBytes(file);
        changed[3] ^= 1;
        Files.write(file, changed);

        Fork.run(command.belay(OPTIONS), directory).assertEndedWith(INCOMPATIBLE, "reopened.txt", "were changed");
        Files.delete(file);
        Fork.run(command.belay(OPTIONS), directory).assertEndedWith(INCOMPATIBLE, "reopened.txt", "gone");
    }

    @Test
    void what_was_in_a_file_before_the_job_stays() throws IOException {
        Command command = command(Jdks.one(), "two+late");
        Path plain = Files.createDirectories(scratch.resolve("plain"));
        Path directory = Files.createDirectories(scratch.resolve("run"));
        for (Path d : List.of(plain, directory)) {
            Files.writeString(d.resolve("log.txt"), "of last week\n", StandardOpenOption.CREATE_NEW);
        }
        killedTwice(command, OPTIONS);

        assertThat(Fork.run(command.belay(OPTIONS), directory).exit()).isZero();

        assertThat(written(directory)).isEqualTo(undisturbed(command));
        assertThat(Files.readString(directory.resolve("log.txt"))).startsWith("of last week\n");
    }

    /** No step is named: the loops are found, and the methods that the program spends its time in run in their other copy. */
    @ParameterizedTest
    @ValueSource(strings = {"kept", "epochs", "field+appended+whole+late", "moved+reopened+delete"})
    void with_loops_that_were_found_they_are_equal(String ways) throws IOException {
        Random random = Seed.random("files " + ways);
        for (Path jdk : Jdks.all()) {
            scratch = Files.createTempDirectory(scratch, "jdk");
            Command command = command(jdk, ways).arguments(ways, "40", "500000");
            String[] found = {"save_strategy=time", "save_interval=150ms", "found_after=200ms", "on_unsupported=exit"};
            Path directory = scratch.resolve("run");
            List<Long> resumed = new ArrayList<>();
            for (int life = 0; life < 4; life++) {
                long pause = random.nextInt(200) * 1_000_000L;
                try (Fork fork = Fork.start(command.belay(found), directory)) {
                    while (fork.alive() && !fork.stderr().contains(" committed ")) {
                        LockSupport.parkNanos(2_000_000);
                    }
                    LockSupport.parkNanos(pause);
                    Outcome outcome = fork.kill();
                    assertThat(outcome.exit()).as("%s", outcome).isEqualTo(Fork.KILLED);
                    outcome.resumedAt().ifPresent(resumed::add);
                }
            }
            Outcome last = Fork.run(command.belay(found), directory);
            assertThat(last.exit()).as("%s", last).isZero();
            last.resumedAt().ifPresent(resumed::add);
            assertThat(resumed).as("each life but the first was resumed").hasSize(4);
            assertThat(written(directory)).isEqualTo(undisturbed(command));
        }
    }

    @Test
    void what_is_printed_again_before_the_position_is_hidden_on_demand() {
        Command command = command(Jdks.one(), "late+spoken");
        Path directory = killedTwice(command, OPTIONS);

        Outcome muted = Fork.run(command.belay(options("mute_prefix=true")), directory);

        assertThat(muted.resumedAt()).hasValue(21);
        assertThat(muted.stdout()).isEqualTo("trained\n");
        assertThat(muted.stderrOfProgram()).isEqualTo("trained, too\n");
        Outcome loud = Fork.run(command.belay(OPTIONS), directory);
        assertThat(loud.stdout()).isEqualTo("begins\ntrained\n");
        assertThat(loud.stderrOfProgram()).isEqualTo("begins, too\ntrained, too\n");
    }

    @Test
    void what_tells_why_a_program_failed_before_the_position_is_not_hidden() throws IOException {
        Command command = command(Jdks.one(), "late+spoken");
        Path directory = killedTwice(command, OPTIONS);
        Files.createFile(directory.resolve("broken"));

        Outcome outcome = Fork.run(command.belay(options("mute_prefix=true")), directory);

        outcome.assertEndedWith(POSITION_MISSED, "POSITION MISSED");
        assertThat(outcome.stderr()).contains("begins, too\n", "IllegalStateException: broken");
        assertThat(outcome.stdout()).isEmpty();
    }
}
