package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real checkpoints, damaged: the damage is named, the checkpoint before is taken, and the result is the same. A sample of
 * the store's own exhaustive tests, drawn by the seed.
 */
class DamageIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND = TRAINER.command(Jdks.one());
    private static final long NEWEST = 75;
    private static final long BEFORE = 70;

    @TempDir
    static Path bases;

    private static Path killed;
    private static String undisturbed;

    @TempDir
    Path scratch;

    private int runs;

    @BeforeAll
    static void make_a_killed_run() {
        killed = bases.resolve("killed");
        Halted.after(TRAINER, COMMAND, killed, NEWEST);
        undisturbed = Fork.run(COMMAND, bases.resolve("plain")).finalLine();
    }

    private Path copy() {
        return Tree.copy(killed, scratch.resolve("run" + runs++));
    }

    private static Path newest(Path directory) {
        return TRAINER.output(directory).resolve("checkpoint-" + NEWEST);
    }

    private void assertTheOneBeforeIsTaken(Path directory, String file) {
        BelayCommand.verify(TRAINER.output(directory)).assertDamaged("checkpoint-" + NEWEST, file);
        Outcome outcome = Fork.run(COMMAND.belay(TRAINER.options()), directory);
        assertThat(outcome.finalLine()).isEqualTo(undisturbed);
        assertThat(outcome.resumedAt()).as("%s", outcome).hasValue(BEFORE);
        assertThat(String.join("\n", outcome.belayLines("WARN"))).contains("checkpoint-" + NEWEST, file);
        assertThat(Tree.names(TRAINER.output(directory))).anyMatch(n -> n.startsWith("damaged-" + NEWEST + "."));
        BelayCommand.run("verify", newestOf(directory).toString()).assertIntact();
    }

    private static Path newestOf(Path directory) {
        return TRAINER.output(directory).resolve("checkpoint-" + Trainer.STEPS);
    }

    @Test
    void bits_flipped_in_any_file() {
        Random random = Seed.random("bits flipped");
        for (String file : Tree.names(newest(killed))) {
            Path directory = copy();
            Damage.flipBit(newest(directory).resolve(file), random.nextInt(Integer.MAX_VALUE));
            assertTheOneBeforeIsTaken(directory, file);
        }
    }

    @Test
    void files_truncated() throws IOException {
        Random random = Seed.random("files truncated");
        for (String file : Tree.names(newest(killed))) {
            long size = Files.size(newest(killed).resolve(file));
            long[] lengths = {0, 1, size / 2, size - 1};
            Path directory = copy();
            Damage.truncate(newest(directory).resolve(file), lengths[random.nextInt(lengths.length)]);
            assertTheOneBeforeIsTaken(directory, file);
        }
    }

    @Test
    void files_missing() {
        for (String file : Tree.names(newest(killed))) {
            Path directory = copy();
            Damage.remove(newest(directory).resolve(file));
            assertTheOneBeforeIsTaken(directory, file);
        }
    }

    @Test
    void the_newest_commit_record_missing_or_damaged() throws IOException {
        for (boolean missing : new boolean[] {true, false}) {
            Path directory = copy();
            Path record = commitRecord(directory, NEWEST);
            damage(record, missing);
            Outcome outcome = Fork.run(COMMAND.belay(TRAINER.options()), directory);
            assertThat(outcome.finalLine()).isEqualTo(undisturbed);
            assertThat(outcome.resumedAt()).as("%s", outcome).isPresent();
            assertThat(outcome.resumedAt().getAsLong()).isIn(BEFORE, NEWEST);
            if (!missing || outcome.resumedAt().getAsLong() == NEWEST) {
                assertThat(String.join("\n", outcome.belayLines("WARN")))
                        .contains(record.getFileName().toString().replace(".json", ""));
            }
        }
    }

    @Test
    void an_older_commit_record_missing_or_damaged() throws IOException {
        for (boolean missing : new boolean[] {true, false}) {
            Path directory = copy();
            Path record = commitRecord(directory, BEFORE);
            damage(record, missing);
            Outcome outcome = Fork.run(COMMAND.belay(TRAINER.options()), directory);
            assertThat(outcome.finalLine()).isEqualTo(undisturbed);
            assertThat(outcome.resumedAt()).as("%s", outcome).hasValue(NEWEST);
            assertThat(String.join("\n", outcome.belayLines("WARN")))
                    .contains(record.getFileName().toString().replace(".json", ""));
        }
    }

    private static void damage(Path record, boolean missing) {
        if (missing) {
            Damage.remove(record);
        } else {
            Damage.flipBit(record, 1_003);
        }
    }

    private static Path commitRecord(Path directory, long step) throws IOException {
        Path log = TRAINER.output(directory).resolve(".belay/log");
        List<Path> found = new ArrayList<>();
        for (String name : Tree.names(log)) {
            JsonNode record = new ObjectMapper().readTree(log.resolve(name).toFile());
            if (record.get("kind").asText().equals("committed")
                    && record.get("step").asLong() == step) {
                found.add(log.resolve(name));
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
