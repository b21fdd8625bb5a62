package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import killtest.fuzz.FuzzProgram;

/** One random program: compiled, run without Belay, then with it, killed and resumed. */
final class FuzzRun {

    /** A program with fewer steps leaves no room for a kill. */
    private static final int FEWEST_STEPS = 6;

    private static final Path SHARED = Path.of("src", "test", "resources", "fuzz");
    private static final Pattern STEPS = Pattern.compile("(?m)^STEPS (\\d+)$");
    private static final Pattern REFUSED = Pattern.compile("(?m)^\\[belay \\S+ WARN REFUSED (.*)$");

    private final FuzzProgram program;
    private final Path home;
    private final Random random;

    FuzzRun(FuzzProgram program, Path home) {
        this.program = program;
        this.home = home;
        this.random = new Random(program.seed());
    }

    /**
     * What became of it.
     *
     * @param steps of the whole program
     * @param killed lives that were killed in a step
     * @param resumed lives that went on from a checkpoint
     * @param refused why it was not saved any more; null if it always was
     * @param refusedAt the newest checkpoint before that
     * @param notResumed why it ended with 5 or 70 instead of going on; null if it never did
     */
    record Verdict(
            FuzzProgram program,
            int steps,
            int killed,
            int resumed,
            String refused,
            long refusedAt,
            String notResumed) {}

    /** Kills it once or twice and compares. */
    Verdict killAndResume() {
        compile();
        Outcome plain = life(command());
        int steps = steps(plain);
        if (steps < FEWEST_STEPS) {
            return new Verdict(program, steps, 0, 0, null, 0, null);
        }
        int kills = 1 + random.nextInt(2);
        int killed = 0;
        int resumed = 0;
        long newest = 0;
        String refused = null;
        for (int i = 0; i <= kills; i++) {
            boolean last = i == kills;
            Outcome life = last ? last() : life(held(newest, steps));
            if (life.exit() == 5 || life.exit() == 70) {
                assertThat(life.belayLines("ERROR")).as("%s", life).hasSize(1);
                String why = life.belayLines("ERROR").get(0);
                return new Verdict(program, steps, killed, resumed, refused, newest, why);
            }
            assertClean(life);
            long resumedAt = life.resumedAt().orElse(0);
            // the kill may come between the commit and the line that tells of it
            assertThat(resumedAt).as("resumed at, %s", life).isGreaterThanOrEqualTo(newest);
            resumed += resumedAt > 0 ? 1 : 0;
            newest = resumedAt;
            newest = life.committed().isEmpty()
                    ? newest
                    : life.committed().get(life.committed().size() - 1);
            refused = REFUSED.matcher(life.stderr())
                    .results()
                    .map(m -> m.group(1))
                    .findFirst()
                    .orElse(refused);
            if (last || life.exit() == 0) {
                assertSameResult(plain, life);
                return new Verdict(program, steps, killed, resumed, refused, newest, null);
            }
            killed++;
        }
        throw new AssertionError("the last life returns");
    }

    void compile() {
        try {
            Files.createDirectories(home);
            Path source = home.resolve(program.name() + ".java");
            Files.writeString(source, program.source());
            List<String> options = new ArrayList<>(program.flags());
            options.addAll(List.of("-nowarn", "-Xlint:none", "-d", classes().toString()));
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter output = new StringWriter();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                boolean compiled = compiler.getTask(
                                output,
                                files,
                                null,
                                options,
                                null,
                                files.getJavaFileObjects(
                                        source, SHARED.resolve("Run.java"), SHARED.resolve("Types.java")))
                        .call();
                assertThat(compiled).as("%s\n%s", source, output).isTrue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it without Belay. */
    Outcome plain() {
        return life(command());
    }

    /** Runs it to its end with Belay. */
    Outcome last(String... options) {
        return life(belay(command(), 1_000_000, options));
    }

    /** Runs it until the first checkpoint at or behind a step, holds it there and kills it. */
    Outcome killedAt(long step, int saveSteps) {
        return life(belay(command().environment("FUZZ_HOLD", checkpoints() + ";" + step + ";0;1"), saveSteps));
    }

    Path checkpoints() {
        return home.resolve("checkpoints");
    }

    private Command held(long newest, int steps) {
        long left = Math.max(1, steps - newest);
        long hold = newest + 1 + (long) (random.nextDouble() * left * 0.8);
        int saveSteps = 1 + random.nextInt(random.nextBoolean() ? 6 : (int) Math.max(1, hold - newest));
        String wish = checkpoints() + ";" + hold + ";" + newest + ";" + (1 + random.nextInt(3));
        return belay(command().environment("FUZZ_HOLD", wish), saveSteps);
    }

    private Command belay(Command command, int saveSteps, String... options) {
        List<String> all = new ArrayList<>(List.of(
                program.options(), "save_strategy=steps", "save_steps=" + saveSteps, "output_dir=" + checkpoints()));
        all.addAll(List.of(options));
        return command.belay(all.toArray(String[]::new));
    }

    private Command command() {
        return new Command(
                Jdks.one(),
                List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"),
                classes().toString(),
                "fuzz." + program.name(),
                List.of(),
                Map.of());
    }

    private Path classes() {
        return home.resolve("classes");
    }

    private Outcome life(Command command) {
        try (Fork fork = Fork.start(command, home.resolve("run"))) {
            return fork.killWhen(() -> fork.stdout().contains("HOLD "));
        }
    }

    private static void assertClean(Outcome life) {
        assertThat(life.belayLines("ERROR")).as("errors of %s", life).isEmpty();
        assertThat(life.stderr()).as("%s", life).doesNotContain("\tat ").doesNotContain("Exception", "internal error");
        assertThat(life.exit()).as("%s", life).isIn(0, Fork.KILLED);
    }

    /** The comparison that all is about. */
    static void assertSameResult(Outcome plain, Outcome life) {
        assertThat(life.finalLine())
                .as("result of %s\nwithout Belay %s", life, plain)
                .isEqualTo(plain.finalLine());
        assertThat(steps(life)).as("steps of %s", life).isEqualTo(steps(plain));
    }

    static int steps(Outcome outcome) {
        return STEPS.matcher(outcome.stdout())
                .results()
                .mapToInt(m -> Integer.parseInt(m.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no STEPS line in " + outcome));
    }
}
