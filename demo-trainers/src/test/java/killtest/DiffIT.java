package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users compare with: {@code diff} of the final checkpoints of a killed and of an uninterrupted run. */
class DiffIT {

    /** In the middle of an epoch. */
    private static final long KILLED_AT = 75;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(names = {"DIGITS_CNN", "PLAIN_SOFTMAX"})
    void a_killed_and_an_uninterrupted_run_are_identical(Trainer trainer) throws IOException {
        Command command = trainer.command(Jdks.one());
        Path whole = scratch.resolve("whole");
        Path killed = scratch.resolve("killed");
        Outcome undisturbed = Fork.run(command.belay(trainer.options()), whole);
        Halted.after(trainer, command, killed, KILLED_AT);
        Outcome resumed = Fork.run(command.belay(trainer.options()), killed);
        assertThat(resumed.resumedAt()).hasValue(KILLED_AT);
        assertThat(resumed.finalLine()).isEqualTo(undisturbed.finalLine());

        Path one = trainer.output(whole).resolve("checkpoint-" + Trainer.STEPS);
        Path other = trainer.output(killed).resolve("checkpoint-" + Trainer.STEPS);
        Outcome diff = diff(one, other);
        assertThat(diff.exit()).as("%s", diff).isZero();
        assertThat(diff.stdout()).isEqualTo(one + " and " + other + ": identical\n");

        assertSeen(trainer, one, other);
    }

    private static Outcome diff(Path one, Path other) {
        return BelayCommand.run("diff", one.toString(), other.toString()).outcome();
    }

    /** The comparison can fail: an earlier state, and one bit, are seen. */
    private void assertSeen(Trainer trainer, Path one, Path other) throws IOException {
        String last = "checkpoint-" + Trainer.STEPS;
        Path earlier = Tree.names(other.getParent()).stream()
                .filter(n -> n.startsWith("checkpoint-") && !n.equals(last))
                .findFirst()
                .map(other::resolveSibling)
                .orElseThrow();
        Outcome diff = diff(one, earlier);
        assertThat(diff.exit()).as("%s", diff).isEqualTo(1);
        assertThat(diff.stdout()).contains(" differ in ", "counter").doesNotContain("identical");

        Path altered = Tree.copy(other, scratch.resolve("altered").resolve("checkpoint-" + Trainer.STEPS));
        Random random = Seed.random("diff of " + trainer);
        String parameter = new Alteration(altered).parameterBit(random);
        Outcome bit = diff(one, altered);
        assertThat(bit.exit()).as("%s", bit).isEqualTo(1);
        assertThat(bit.stdout())
                .contains(" differ in 1 of ")
                .containsPattern(java.util.regex.Pattern.quote(parameter) + " +F\\d\\d\\[[^]]*] +1 of \\d+ ");
    }
}
