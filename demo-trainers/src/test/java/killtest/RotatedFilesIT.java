package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a program moves, empties, replaces, deletes and makes anew are those of a run that was not killed. */
class RotatedFilesIT {

    private static final int INCOMPATIBLE = 5;
    private static final int POSITION_MISSED = 70;
    private static final int SAVE_STEPS = 7;
    private static final Wish.Job JOB = new Wish.Job(32, SAVE_STEPS, 0);
    private static final String STEP = "step=killtest.program.Rotating#step";
    private static final String[] OPTIONS = {
        STEP, "save_strategy=steps", "save_steps=" + SAVE_STEPS, "on_unsupported=exit"
    };

    @TempDir
    Path scratch;

    private static Command command(Path jdk, String... arguments) {
        return new Command(
                jdk,
                List.of(),
                Built.testProgramClassPath(),
                "killtest.program.Rotating",
                List.of(arguments),
                Map.of());
    }

    private static Map<String, String> written(Path directory) {
        Map<String, String> files = new TreeMap<>(Tree.contents(directory));
        files.keySet().removeIf(name -> name.startsWith("checkpoints"));
        assertThat(files).isNotEmpty();
        return files;
    }

    private static Map<String, String> undisturbed(Command command, Path directory) {
        assertThat(Fork.run(command, directory).exit()).isZero();
        return written(directory);
    }

    /** Kills at the beginning of a step. */
    private static ObservedLife killedAt(int step, Command command, Path directory, String... options) {
        ObservedLife life =
                ObservedLife.run(command, directory, new Kill(Stage.STEP, step, Hold.ENTRY, 0), JOB, options);
        assertThat(life.killedWhereWanted()).as("%s", life).isTrue();
        return life;
    }

    /** Twice after the same checkpoint, then after another one, then at the end, and once more when all is done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "shifted",
                "numbered",
                "emptied",
                "new",
                "best",
                "reference",
                "subclass",
                "counting",
                "counted",
                "temporary",
                "append",
                "cache",
                "mixed",
                "appending",
            })
    void they_are_equal(String way) throws IOException {
        for (Path jdk : Jdks.all()) {
            Path base = Files.createTempDirectory(scratch, "jdk");
            Command command = command(jdk, way);
            Map<String, String> wanted = undisturbed(command, base.resolve("plain"));
            Path directory = base.resolve("run");
            killedAt(4, command, directory, OPTIONS);
            Halted.after(command, directory, 7, JOB, OPTIONS);
            killedAt(13, command, directory, OPTIONS);
            ObservedLife again = killedAt(14, command, directory, OPTIONS);
            assertThat(again.outcome().resumedAt()).as("%s", again).hasValue(7);
            Halted.after(command, directory, 21, JOB, OPTIONS);
            killedAt(27, command, directory, OPTIONS);

            Outcome last = Fork.run(command.belay(OPTIONS), directory);

            assertThat(last.exit()).as("%s", last).isZero();
            assertThat(last.resumedAt().orElseThrow()).as("%s", last).isGreaterThanOrEqualTo(21);
            assertThat(last.belayLines("WARN")).isEmpty();
            assertThat(written(directory)).isEqualTo(wanted);
            Outcome finished = Fork.run(command.belay(OPTIONS), directory);
            assertThat(finished.exit()).as("%s", finished).isZero();
            assertThat(written(directory)).as("after a finished run").isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptied", "best", "temporary", "append"})
    void left_alone_they_differ(String way) {
        Command command = command(Jdks.one(), way, "leave");
        String[] leave = {STEP, "save_strategy=steps", "save_steps=" + SAVE_STEPS, "files=leave"};
        Path directory = scratch.resolve("run");
        Halted.after(command, directory, 7, JOB, leave);
        killedAt(13, command, directory, leave);

        Outcome last = Fork.run(command.belay(leave), directory);

        assertThat(last.exit() != 0 || !written(directory).equals(undisturbed(command, scratch.resolve("plain"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shifted", "best", "counted"})
    void a_position_that_is_missed_leaves_all_files_as_they_are(String way) throws IOException {
        Command command = command(Jdks.one(), way);
        Path directory = scratch.resolve("run");
        Halted.after(command, directory, 7, JOB, OPTIONS);
        killedAt(14, command, directory, OPTIONS);
        Map<String, String> before = written(directory);
        Files.createFile(directory.resolve("stop"));

        Outcome outcome = Fork.run(command.belay(OPTIONS), directory);

        outcome.assertEndedWith(POSITION_MISSED, "POSITION MISSED");
        Files.delete(directory.resolve("stop"));
        assertThat(written(directory)).isEqualTo(before);
        assertThat(Fork.run(command.belay(OPTIONS), directory).exit()).isZero();
        assertThat(written(directory)).isEqualTo(undisturbed(command, scratch.resolve("plain")));
    }

    @Test
    void a_stream_that_a_step_opens_and_leaves_open_is_warned_of_and_its_resume_refused() {
        Command command = command(Jdks.one(), "lazy");
        Path directory = scratch.resolve("run");
        Outcome first = Halted.after(command, directory, 7, JOB, OPTIONS);
        assertThat(first.belayLines("WARN"))
                .singleElement()
                .asString()
                .contains("Rotating.main/way.log was opened after");
        Map<String, String> before = written(directory);

        Fork.run(command.belay(OPTIONS), directory)
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "FileWriter", "create it before the loop");
        assertThat(written(directory)).isEqualTo(before);
    }

    @Test
    void a_channel_that_may_write_at_any_place_and_half_a_character_are_refused() {
        Fork.run(command(Jdks.one(), "channel").belay(OPTIONS), scratch.resolve("channel"))
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "Rotating.main/way.channel", "open it with APPEND");
        Fork.run(command(Jdks.one(), "halves").belay(OPTIONS), scratch.resolve("halves"))
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "Rotating.main/way.log", "half of a character");
    }

    @Test
    void a_file_that_is_opened_unseen_is_warned_of() {
        Outcome outcome = Fork.run(command(Jdks.one(), "logging").belay(OPTIONS), scratch.resolve("run"));
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.belayLines("WARN"))
                .filteredOn(l -> !l.contains(".lck"))
                .singleElement()
                .asString()
                .contains("logging.xml is open for writing", "not continued");
    }

    @Test
    void lines_of_an_attempt_without_a_checkpoint_are_cut_off_once() throws IOException {
        Command command = command(Jdks.one(), "append");
        Path directory = Files.createDirectories(scratch.resolve("run"));
        Files.writeString(directory.resolve("append.txt"), "of last week\n");
        killedAt(4, command, directory, OPTIONS);
        assertThat(directory.resolve("append.txt")).content().hasLineCount(4);
        killedAt(3, command, directory, OPTIONS);
        assertThat(directory.resolve("append.txt")).content().hasLineCount(3);

        Outcome last = Fork.run(command.belay(OPTIONS), directory);

        assertThat(last.stderr()).contains("append.txt is cut back to 13 bytes");
        Path plain = Files.createDirectories(scratch.resolve("plain"));
        Files.writeString(plain.resolve("append.txt"), "of last week\n");
        assertThat(written(directory)).isEqualTo(undisturbed(command, plain));
    }

    @Test
    void lines_of_another_job_stay() throws IOException {
        Path directory = scratch.resolve("run");
        killedAt(4, command(Jdks.one(), "append"), directory, OPTIONS);
        String before = Files.readString(directory.resolve("append.txt"));

        killedAt(4, command(Jdks.one(), "append", "other"), directory, OPTIONS);

        assertThat(directory.resolve("append.txt")).hasContent(before + before);
    }

    @Test
    void lines_of_an_attempt_stay_when_it_ended_by_itself_or_a_new_job_is_wanted() throws IOException {
        Path directory = scratch.resolve("run");
        Command command = command(Jdks.one(), "append");
        String[] unsaved = {STEP, "save_strategy=no"};
        assertThat(Fork.run(command.belay(unsaved), directory).exit()).isZero();
        String before = Files.readString(directory.resolve("append.txt"));

        assertThat(Fork.run(command.belay(unsaved), directory).exit()).isZero();
        assertThat(directory.resolve("append.txt")).hasContent(before + before);

        killedAt(1, command, directory, unsaved);
        String[] anew = {STEP, "save_strategy=no", "resume_from_checkpoint=false"};
        assertThat(Fork.run(command.belay(anew), directory).exit()).isZero();
        assertThat(directory.resolve("append.txt")).hasContent(before + before + before);
    }
}
