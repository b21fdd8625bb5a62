package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import killtest.fuzz.FuzzProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds of {@link FuzzIT} that failed once, and its comparison, which MUST be able to fail. */
class FuzzSeedsIT {

    private static final long SEED = 1007;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {1007, 1026, 1032, 1046, 1049, 1055, 1104})
    void a_seed_that_failed_once_does_so_no_more(long seed) {
        System.out.println("fuzz: seed " + seed);
        new FuzzRun(FuzzProgram.of(seed), scratch).killAndResume();
    }

    @Test
    void one_altered_number_of_the_state_is_seen() throws java.io.IOException {
        FuzzRun run = new FuzzRun(FuzzProgram.of(SEED), scratch);
        run.compile();
        Outcome plain = run.plain();
        long step = newest(run.killedAt(8, 1));
        String name = "checkpoint-" + step;
        Path copy = Tree.copy(
                run.checkpoints().resolve(name), scratch.resolve("copy").resolve(name));
        Outcome first = run.last("resume_from_checkpoint=" + copy);
        assertThat(first.resumedAt()).hasValue(step);
        FuzzRun.assertSameResult(plain, first);

        new Alteration(copy).javaGenerator(generator(step));

        Outcome altered = run.last("resume_from_checkpoint=" + copy);
        assertThat(altered.resumedAt()).hasValue(step);
        assertThatThrownBy(() -> FuzzRun.assertSameResult(plain, altered)).isInstanceOf(AssertionError.class);
    }

    @Test
    void the_result_of_another_program_is_seen() {
        FuzzRun one = new FuzzRun(FuzzProgram.of(SEED), scratch.resolve("one"));
        FuzzRun other = new FuzzRun(FuzzProgram.of(SEED + 1), scratch.resolve("other"));
        one.compile();
        other.compile();
        Outcome plain = one.plain();
        FuzzRun.assertSameResult(plain, one.plain());
        assertThatThrownBy(() -> FuzzRun.assertSameResult(plain, other.plain())).isInstanceOf(AssertionError.class);
    }

    private static long newest(Outcome killed) {
        assertThat(killed.exit()).isEqualTo(Fork.KILLED);
        return killed.committed().get(killed.committed().size() - 1);
    }

    /** Returns where the generator of Run.java stands after so many steps, by the formula in the javadoc of Random. */
    private static long generator(long steps) {
        long mask = (1L << 48) - 1;
        long seed = (1 ^ 0x5DEECE66DL) & mask;
        for (long i = 0; i < steps; i++) {
            seed = (seed * 0x5DEECE66DL + 0xBL) & mask;
        }
        return seed;
    }
}
