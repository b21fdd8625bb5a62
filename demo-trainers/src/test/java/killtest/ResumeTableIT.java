package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of the design's resume table: what is found, what was asked for, and how the attempt begins or ends. */
class ResumeTableIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND = TRAINER.command(Jdks.one());
    private static final int DAMAGE = 3;
    private static final int NOTHING_TO_RESUME = 4;
    private static final int INCOMPATIBLE = 5;

    @TempDir
    static Path bases;

    private static Path killed;
    private static Path finished;
    private static String undisturbed;

    @TempDir
    Path scratch;

    @BeforeAll
    static void make_a_killed_and_a_finished_run() {
        killed = bases.resolve("killed");
        finished = bases.resolve("finished");
        Halted.after(TRAINER, COMMAND, killed, 75);
        undisturbed = Fork.run(COMMAND.belay(TRAINER.options()), finished).finalLine();
        assertThat(undisturbed)
                .isEqualTo(Fork.run(COMMAND, bases.resolve("plain")).finalLine());
    }

    private Path directory() {
        return scratch.resolve("run");
    }

    private Path checkpoint(long step) {
        return TRAINER.output(directory()).resolve("checkpoint-" + step);
    }

    private Outcome attempt(Command command, String resume) {
        return Fork.run(command.belay(TRAINER.options("resume_from_checkpoint=" + resume)), directory());
    }

    private void assertStarted(Outcome outcome) {
        assertThat(outcome.finalLine()).isEqualTo(undisturbed);
        assertThat(outcome.resumedAt()).isEmpty();
    }

    private void assertResumed(Outcome outcome, long step) {
        assertThat(outcome.finalLine()).isEqualTo(undisturbed);
        assertThat(outcome.resumedAt()).hasValue(step);
    }

    /** The program must not have begun, and the checkpoints must be as they were. */
    private void assertRefused(Command command, String resume, int code, String... words) {
        Map<String, String> before =
                Files.exists(TRAINER.output(directory())) ? Tree.contents(TRAINER.output(directory())) : Map.of();
        Outcome outcome = attempt(command, resume);
        outcome.assertEndedWith(code, words);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(Tree.contents(TRAINER.output(directory()))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "false"})
    void where_there_is_none_it_starts(String resume) {
        assertStarted(attempt(COMMAND, resume));
    }

    @Test
    void where_there_is_none_one_that_must_be_resumed_ends() {
        assertRefused(COMMAND, "true", NOTHING_TO_RESUME, "resume_from_checkpoint=true", "found no checkpoint");
        assertRefused(COMMAND, "elsewhere/checkpoint-5", NOTHING_TO_RESUME, "elsewhere/checkpoint-5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "true"})
    void a_damaged_newest_is_named_and_the_one_before_is_taken(String resume) {
        Tree.copy(killed, directory());
        Damage.flipBit(checkpoint(75).resolve("model.safetensors"), 999);
        Outcome outcome = attempt(COMMAND, resume);
        assertResumed(outcome, 70);
        assertThat(outcome.belayLines("WARN"))
                .singleElement()
                .asString()
                .contains("checkpoint-75", "model.safetensors");
    }

    @Test
    void a_damaged_newest_does_not_matter_where_none_is_wanted() {
        Tree.copy(killed, directory());
        Damage.flipBit(checkpoint(75).resolve("model.safetensors"), 999);
        assertStarted(attempt(COMMAND, "false"));
    }

    @Test
    void a_damaged_one_that_was_named_ends() {
        Tree.copy(killed, directory());
        Damage.flipBit(checkpoint(75).resolve("loop.kryo"), 99);
        assertRefused(COMMAND, checkpoint(75).toString(), DAMAGE, "checkpoint-75", "loop.kryo");
    }

    private void damageAll() {
        Tree.copy(killed, directory());
        for (long step : new long[] {65, 70, 75}) {
            Damage.flipBit(checkpoint(step).resolve("model.safetensors"), 999);
        }
    }

    @Test
    void where_all_are_damaged_it_starts_with_a_warning() {
        damageAll();
        Outcome outcome = attempt(COMMAND, "auto");
        assertStarted(outcome);
        assertThat(String.join("\n", outcome.belayLines("WARN")))
                .contains("checkpoint-65", "checkpoint-70", "checkpoint-75", "all 3 checkpoints are damaged");
    }

    @Test
    void where_all_are_damaged_one_that_must_be_resumed_ends() {
        damageAll();
        assertRefused(COMMAND, checkpoint(65).toString(), DAMAGE, "checkpoint-65");
        assertRefused(COMMAND, "true", DAMAGE, "all 3 checkpoints", "damaged");
        assertStarted(attempt(COMMAND, "false"));
    }

    @Test
    void an_incompatible_one_ends_unless_none_is_wanted() {
        Tree.copy(killed, directory());
        Command changed = COMMAND.arguments("epochs=16", "batch=25", "samples=250", "features=64", "rate=0.5");
        assertRefused(changed, "auto", INCOMPATIBLE, "REFUSED", "rate=0.5");
        assertRefused(changed, "true", INCOMPATIBLE, "REFUSED", "rate=0.5");
        assertRefused(changed, checkpoint(75).toString(), INCOMPATIBLE, "REFUSED", "rate=0.5");
        Outcome outcome = attempt(changed, "false");
        assertThat(outcome.resumedAt()).isEmpty();
        assertThat(outcome.finalLine())
                .isEqualTo(Fork.run(changed, scratch.resolve("plain")).finalLine());
    }

    @Test
    void another_jdk_is_incompatible() {
        for (Path jdk : Jdks.all()) {
            if (!jdk.equals(Jdks.one())) {
                Tree.copy(killed, directory());
                assertRefused(COMMAND.on(jdk), "auto", INCOMPATIBLE, "REFUSED", "jdk", "allow_inexact=jdk");
                return;
            }
        }
        // With one JDK only its own refusal of another processor count can be shown.
        Tree.copy(killed, directory());
        assertRefused(COMMAND.with("-XX:ActiveProcessorCount=1"), "auto", INCOMPATIBLE, "REFUSED", "allow_inexact=cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "true", "PATH"})
    void a_finished_run_skips_its_loops_and_prints_the_same(String resume) {
        Tree.copy(finished, directory());
        Outcome outcome = attempt(
                COMMAND, resume.equals("PATH") ? checkpoint(Trainer.STEPS).toString() : resume);
        assertResumed(outcome, Trainer.STEPS);
        assertThat(outcome.stdout()).as("the loops were skipped").doesNotContain("epoch");
        assertThat(outcome.committed()).isEmpty();
    }

    @Test
    void a_finished_run_starts_again_where_none_is_wanted() {
        Tree.copy(finished, directory());
        assertStarted(attempt(COMMAND, "false"));
    }
}
