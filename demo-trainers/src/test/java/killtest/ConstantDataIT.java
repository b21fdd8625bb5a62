package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import killtest.observer.Wish;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A program with a large data set in arrays: its checkpoints share one file of it, and each of them is whole. */
class ConstantDataIT {

    private static final int STEPS = 60;
    private static final int ROWS = 100_000; // 51 MB
    private static final String DATA = "data.safetensors";
    private static final Wish.Job JOB = new Wish.Job(STEPS, 10, 5);

    @TempDir
    Path scratch;

    static Stream<Arguments> jdks_and_memory() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of("auto", "1m").map(memory -> Arguments.of(jdk, memory)));
    }

    private static Command command(Path jdk) {
        return new Command(
                jdk,
                List.of("-Xmx400m"),
                Built.testProgramClassPath(),
                "killtest.program.Rows",
                List.of(Integer.toString(STEPS), Integer.toString(ROWS)),
                Map.of());
    }

    private static String[] options(String memory, String... more) {
        return Stream.concat(
                        Stream.of(
                                "step=killtest.program.Rows#step",
                                "save_strategy=steps",
                                "save_steps=10",
                                "snapshot_memory=" + memory),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Path output() {
        return scratch.resolve("run/checkpoints/Rows");
    }

    private Path data(long step) {
        return output().resolve("checkpoint-" + step).resolve(DATA);
    }

    @ParameterizedTest
    @MethodSource("jdks_and_memory")
    void the_data_set_is_one_file_in_all_checkpoints_and_every_life_goes_on_exactly(Path jdk, String memory)
            throws IOException {
        Command command = command(jdk);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));

        Outcome first = Halted.after(command, scratch.resolve("run"), 20, JOB, options(memory));
        assertThat(data(10)).exists();
        assertThat(inode(data(20))).as("inode of %s", data(20)).isEqualTo(inode(data(10)));
        assertThat(Files.size(data(20))).isBetween(8L * ROWS * 65, 8L * ROWS * 65 + 1000);
        assertThat(first.belayLines("INFO"))
                .filteredOn(l -> l.contains("checkpoint-20 committed"))
                .singleElement()
                .asString()
                .contains(" and 52.0 MB unchanged, stall ");

        Outcome second = Halted.after(command, scratch.resolve("run"), 40, JOB, options(memory));
        assertThat(second.resumedAt()).hasValue(20);
        assertThat(inode(data(40))).as("inode after a resume").isEqualTo(inode(data(20)));

        Path copy = Tree.copy(output().resolve("checkpoint-40"), scratch.resolve("elsewhere/mine"));
        Outcome last = Fork.run(command.belay(options(memory)), scratch.resolve("run"));
        assertThat(last.resumedAt()).hasValue(40);
        assertThat(last.stdout()).isEqualTo(plain.stdout());
        assertThat(last.belayLines("WARN")).isEmpty();
        assertThat(last.stderr().contains("written during the stall"))
                .as("%s", last)
                .isEqualTo(!memory.equals("auto"));
        assertThat(output().resolve("checkpoint-20")).as("retention").doesNotExist();
        BelayCommand.verify(output()).assertIntact();

        Outcome elsewhere =
                Fork.run(command.belay(options(memory, "resume_from_checkpoint=" + copy)), scratch.resolve("another"));
        assertThat(elsewhere.resumedAt()).hasValue(40);
        assertThat(elsewhere.stdout()).isEqualTo(plain.stdout());
    }

    @ParameterizedTest
    @MethodSource("jdks_and_memory")
    void damage_of_the_shared_file_is_said_of_every_checkpoint_and_the_run_starts_anew(Path jdk, String memory) {
        Command command = command(jdk);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Halted.after(command, scratch.resolve("run"), 30, JOB, options(memory));
        Damage.flipBitInPlace(data(20), 80_000_001);

        BelayCommand.verify(output())
                .assertDamaged("checkpoint-10", "checkpoint-20", "checkpoint-30", "3 checkpoints share this file");

        Outcome again = Fork.run(command.belay(options(memory)), scratch.resolve("run"));
        assertThat(again.resumedAt()).isEmpty();
        assertThat(again.belayLines("WARN")).hasSize(4).last().asString().contains("all 3 checkpoints are damaged");
        assertThat(again.stdout()).isEqualTo(plain.stdout());
        BelayCommand.verify(output().resolve("checkpoint-" + STEPS)).assertIntact();
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }
}
