package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import killtest.fuzz.FuzzProgram;
import org.junit.jupiter.api.Test;

/**
 * Random programs, killed and resumed: each ends as if it had never been killed, or is refused by name. {@code
 * -Dfuzz.seed=N} runs one program, {@code -Dfuzz.count=N} that many from there on; the soak profile runs 1,000. What
 * failed stays in {@code target/fuzz} with its source, and its seed goes into {@link FuzzSeedsIT}.
 */
class FuzzIT {

    private static final long FIRST = 1_000;
    private static final int COUNT = 50;
    private static final int MOST_REFUSED_PERCENT = 35;

    /** What may be refused of these programs. */
    private static final List<String> EXPECTED = List.of(
            "the training step: it was not called from a loop that Belay knows",
            "this loop is on the stack, but its position is not known to Belay",
            "which Belay cannot go back through",
            "its caller trained before, in a call that Belay does not know",
            "it follows another call in the same line, and the call of it is not known to Belay");

    /**
     * What is known not to be resumed although it was saved, see the README's limits: the program ends with 5 or 70 then,
     * and nothing is computed wrongly. All of it should become exact, or be refused at the first step.
     */
    private static final List<String> NOT_RESUMED = List.of(
            "it began another iteration at ",
            "it began a step outside of it",
            "it ended before",
            "the live object that it held has no counterpart in the restarted program",
            "that the restarted program has not made; create it before the loop",
            "the restarted program made it with other contents");

    private static final int MOST_NOT_RESUMED_PERCENT = 6;

    @Test
    void random_programs_end_as_if_they_had_never_been_killed() throws InterruptedException {
        boolean one = System.getProperty("fuzz.seed") != null;
        long first = Long.getLong("fuzz.seed", FIRST);
        int count = Integer.getInteger("fuzz.count", one ? 1 : COUNT);
        System.out.println("fuzz: seeds " + first + " to " + (first + count - 1) + ", -Dfuzz.seed=N replays one");
        Map<Long, FuzzRun.Verdict> verdicts = new ConcurrentSkipListMap<>();
        Map<Long, String> failures = new ConcurrentSkipListMap<>();
        ExecutorService pool =
                Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));
        LongStream.range(first, first + count).forEach(seed -> pool.execute(() -> verdict(seed, verdicts, failures)));
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.HOURS)).isTrue();
        report(verdicts);
        assertThat(failures)
                .as("failed seeds; their sources are in target/fuzz")
                .isEmpty();
        assertThat(verdicts).hasSize(count);
        assertThat(reasons(verdicts, FuzzRun.Verdict::refused))
                .allSatisfy(r -> assertThat(EXPECTED).anyMatch(r::contains));
        assertThat(reasons(verdicts, FuzzRun.Verdict::notResumed))
                .allSatisfy(r -> assertThat(NOT_RESUMED).anyMatch(r::contains));
        if (count >= COUNT) {
            assertShares(verdicts);
        }
    }

    private static void verdict(long seed, Map<Long, FuzzRun.Verdict> verdicts, Map<Long, String> failures) {
        Path home = Built.target().resolve("fuzz").resolve("P" + seed);
        try {
            Tree.delete(home);
            FuzzProgram program = FuzzProgram.of(seed);
            verdicts.put(seed, new FuzzRun(program, home).killAndResume());
            Tree.delete(home);
        } catch (RuntimeException | Error e) {
            failures.put(seed, String.valueOf(e.getMessage()));
            System.out.println("fuzz: seed " + seed + " FAILED, see " + home + ": " + e);
        }
    }

    private static void report(Map<Long, FuzzRun.Verdict> verdicts) {
        long killed =
                verdicts.values().stream().mapToLong(FuzzRun.Verdict::killed).sum();
        long resumed =
                verdicts.values().stream().mapToLong(FuzzRun.Verdict::resumed).sum();
        long steps =
                verdicts.values().stream().mapToLong(FuzzRun.Verdict::steps).sum();
        verdicts.forEach((seed, v) -> {
            if (v.notResumed() != null) {
                System.out.println("fuzz: seed " + seed + " NOT RESUMED: " + v.notResumed());
            }
            if (v.refused() != null) {
                System.out.println(
                        "fuzz: seed " + seed + " refused after checkpoint " + v.refusedAt() + ": " + v.refused());
            }
        });
        System.out.println("fuzz: " + verdicts.size() + " programs, " + steps + " steps, " + killed + " kills, "
                + resumed
                + " lives resumed above step 0, refused "
                + reasons(verdicts, FuzzRun.Verdict::refused).size() + ", not resumed "
                + reasons(verdicts, FuzzRun.Verdict::notResumed).size());
    }

    private static List<String> reasons(Map<Long, FuzzRun.Verdict> verdicts, Function<FuzzRun.Verdict, String> reason) {
        return verdicts.values().stream().map(reason).filter(Objects::nonNull).toList();
    }

    private static void assertShares(Map<Long, FuzzRun.Verdict> verdicts) {
        int all = verdicts.size();
        assertThat(reasons(verdicts, FuzzRun.Verdict::refused).size() * 100 / all)
                .isLessThanOrEqualTo(MOST_REFUSED_PERCENT);
        assertThat(reasons(verdicts, FuzzRun.Verdict::notResumed).size() * 100 / all)
                .isLessThanOrEqualTo(MOST_NOT_RESUMED_PERCENT);
        assertThat(verdicts.values().stream().filter(v -> v.resumed() > 0).count() * 100 / all)
                .as("percent of the programs that went on from a checkpoint")
                .isGreaterThanOrEqualTo(50);
    }
}
