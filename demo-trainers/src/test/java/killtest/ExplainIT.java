package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code explain} says of a program is what a run of it does, and nothing is left behind. */
class ExplainIT {

    private static final int SAVABLE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 5;
    private static final int USAGE = 64;
    private static final String STEP = "step=demo.PlainSoftmax#step";
    private static final String UNSAVABLE_STEP = "step=killtest.program.Unsavable#update";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    private static Command program(Path jdk, String name, String... arguments) {
        return new Command(
                jdk, List.of(), Built.testProgramClassPath(), "killtest.program." + name, List.of(arguments), Map.of());
    }

    /** Runs {@code explain} with words before the program's command. */
    private Outcome explain(Command program, String... words) {
        Outcome outcome = Fork.run(line(program, words), program.environment(), scratch.resolve("run"));
        assertNothingIsLeft();
        return outcome;
    }

    private List<String> line(Command program, String... words) {
        List<String> line = new ArrayList<>(
                List.of(program.jdk().resolve("bin/java").toString(), "-Djava.io.tmpdir=" + temporary(), "-jar"));
        line.addAll(List.of(Built.belayJar().toString(), "explain"));
        line.addAll(List.of(words));
        line.add("--");
        line.addAll(program.line());
        return line;
    }

    private Path temporary() {
        try {
            return Files.createDirectories(scratch.resolve("temporary"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNothingIsLeft() {
        for (Path place : List.of(scratch.resolve("run"), temporary())) {
            try (Stream<Path> left = Files.list(place)) {
                assertThat(left.map(p -> p.getFileName().toString())
                                .filter(n -> n.startsWith("belay-") || n.equals("checkpoints")))
                        .isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private JsonNode json(int exit, Command program, String... words) {
        String[] all = Stream.concat(Stream.of("--json"), Arrays.stream(words)).toArray(String[]::new);
        Outcome outcome = explain(program, all);
        assertThat(outcome.exit()).as("%s", outcome).isEqualTo(exit);
        try {
            return JSON.readTree(outcome.stdout());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + outcome, e);
        }
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<JsonNode> loops(JsonNode list) {
        return each(list).flatMap(l -> Stream.concat(Stream.of(l), loops(l.get("loops"))));
    }

    private static JsonNode loop(JsonNode report, String method, String kind) {
        return loops(report.get("loops"))
                .filter(l -> l.get("method").asText().equals(method)
                        && l.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + method + " in " + report.get("loops")));
    }

    private static JsonNode local(JsonNode report, String method, String name) {
        return each(report.get("frames"))
                .filter(f -> f.get("method").asText().equals(method))
                .flatMap(f -> each(f.get("locals")))
                .filter(l -> l.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + report.get("frames")));
    }

    private static Set<String> tensors(JsonNode list) {
        return each(list)
                .map(t -> t.get("file").asText() + "/" + t.get("name").asText() + " "
                        + t.get("dtype").asText() + t.get("shape") + " "
                        + t.get("bytes").asLong())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> tensorsOfCheckpoint(Path checkpoint) throws IOException {
        Outcome shown =
                BelayCommand.run("show", "--json", checkpoint.toString()).outcome();
        assertThat(shown.exit()).as("%s", shown).isZero();
        return tensors(JSON.readTree(shown.stdout()).get("tensors"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_djl_trainer_is_told_with_the_tensors_of_its_checkpoint(Path jdk) throws IOException {
        Command trainer = Trainer.DIGITS_CNN.command(jdk);
        JsonNode report = json(SAVABLE, trainer);

        assertThat(report.get("outcome").asText()).isEqualTo("savable");
        assertThat(report.get("verdict").asText())
                .startsWith("Belay can save and resume this program at demo.DigitsCnn#trainEpoch line ");
        assertThat(report.get("found").asText()).contains("ai.djl.training.Trainer#step", "djl");
        assertThat(report.get("steps").asLong()).isEqualTo(3);
        JsonNode epochs = loop(report, "demo.DigitsCnn#train", "epoch");
        JsonNode steps = loop(report, "demo.DigitsCnn#trainEpoch", "step");
        assertThat(epochs.get("loops")).contains(steps);
        assertThat(steps.get("file").asText()).isEqualTo("DigitsCnn.java");
        assertThat(steps.get("line").asInt()).isPositive();
        assertThat(steps.get("iterations").asLong()).isEqualTo(4);
        assertThat(local(report, "demo.DigitsCnn#train", "trainer").get("why").asText())
                .isEqualTo("djl");
        assertThat(local(report, "demo.DigitsCnn#train", "epoch").get("value").asText())
                .isEqualTo("1");
        assertThat(each(report.get("generators")).map(JsonNode::asText)).contains("DigitsCnn.run/this.shifts");

        Path run = scratch.resolve("real");
        Outcome real = Fork.run(trainer.belay("save_strategy=steps", "save_steps=3", "save_total_limit=none"), run);
        assertThat(real.exit()).as("%s", real).isZero();
        assertThat(tensors(report.get("tensors")))
                .isEqualTo(tensorsOfCheckpoint(Trainer.DIGITS_CNN.output(run).resolve("checkpoint-3")))
                .isNotEqualTo(tensorsOfCheckpoint(Trainer.DIGITS_CNN.output(run).resolve("checkpoint-160")));
    }

    @Test
    void all_keys_of_the_report_are_documented() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "explain.md"));
        Set<String> keys = new TreeSet<>();
        addKeys(keys, json(SAVABLE, Trainer.DIGITS_CNN.command(Jdks.one())));
        addKeys(keys, json(REFUSED, program(Jdks.one(), "Unsavable"), "--options", UNSAVABLE_STEP));
        assertThat(keys).contains("verdict", "iterations", "stall_ms", "text");
        assertThat(keys).allSatisfy(k -> assertThat(documentation).contains("`" + k + "`"));
    }

    private static void addKeys(Set<String> keys, JsonNode node) {
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> addKeys(keys, child));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_plain_trainer_with_a_named_step_is_told_with_the_tensors_of_its_checkpoint(Path jdk) throws IOException {
        Command trainer = Trainer.PLAIN_SOFTMAX.command(jdk);
        JsonNode report = json(SAVABLE, trainer, "--options", STEP + ",save_strategy=steps,output_dir=" + scratch);

        assertThat(report.get("found").asText()).isEqualTo("a call of demo.PlainSoftmax#step (step=)");
        assertThat(report.get("schedule").get("save_strategy").asText()).isEqualTo("steps");
        assertThat(report.get("schedule").get("output_dir").asText()).isEqualTo(scratch.toString());
        assertThat(local(report, "demo.PlainSoftmax#train", "order")
                        .get("treatment")
                        .asText())
                .isEqualTo("saved");

        Path run = scratch.resolve("real");
        Outcome real =
                Fork.run(trainer.belay(STEP, "save_strategy=steps", "save_steps=3", "save_total_limit=none"), run);
        assertThat(real.exit()).as("%s", real).isZero();
        assertThat(tensors(report.get("tensors")))
                .isEqualTo(tensorsOfCheckpoint(Trainer.PLAIN_SOFTMAX.output(run).resolve("checkpoint-3")));
        assertThat(each(report.get("tensors"))
                        .filter(t -> t.get("constant").asBoolean())
                        .map(t -> t.get("name").asText()))
                .contains("PlainSoftmax.train/inputs")
                .doesNotContain("PlainSoftmax.train/this.weights");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void the_loops_of_a_program_without_configuration_are_found_and_told(Path jdk) {
        Command trainer = new Command(
                        jdk, List.of(), Built.trainerClassPath(), "demo.PlainSoftmax", List.of(), Map.of())
                .arguments("epochs=5000", "features=256");
        JsonNode report = json(SAVABLE, trainer, "--options", "found_after=300ms");
        assertThat(report.get("found").asText()).contains("0.3 s", "found_after");
        JsonNode steps = loop(report, "demo.PlainSoftmax#train", "step");
        assertThat(steps.get("on_path").asBoolean()).isTrue();
        assertThat(report.get("verdict").asText())
                .endsWith("demo.PlainSoftmax#train line " + steps.get("line").asInt());
        loop(report, "demo.PlainSoftmax#step", "in_step");
        assertThat(loop(report, "demo.Digits#parse", "left_alone").get("why").asText())
                .isEqualTo("it only computes");
    }

    @Test
    void a_named_loop_is_told_as_the_step_loop() {
        JsonNode report =
                json(SAVABLE, Trainer.PLAIN_SOFTMAX.command(Jdks.one()), "--options", "loop=demo.PlainSoftmax#train:2");
        assertThat(report.get("found").asText()).isEqualTo("an iteration of demo.PlainSoftmax#train (loop=)");
        assertThat(loop(report, "demo.PlainSoftmax#train", "epoch").get("loops"))
                .contains(loop(report, "demo.PlainSoftmax#train", "step"));
    }

    /** What a run refuses first, {@code explain} refuses first, with the same text; and it tells the rest. */
    @ParameterizedTest
    @MethodSource("jdks")
    void what_would_be_refused_is_told_with_the_very_text_of_the_run(Path jdk) {
        Command unsavable = program(jdk, "Unsavable");
        Outcome real = Fork.run(unsavable.belay(UNSAVABLE_STEP), scratch.resolve("real"));
        String refusal = real.belayLines("WARN").stream()
                .filter(l -> l.contains("REFUSED "))
                .map(l -> l.replaceAll(".*REFUSED (.*); training goes on.*", "$1"))
                .findFirst()
                .orElseThrow();

        JsonNode report = json(REFUSED, unsavable, "--options", UNSAVABLE_STEP);

        assertThat(report.get("outcome").asText()).isEqualTo("refused");
        List<String> texts =
                each(report.get("refusals")).map(r -> r.get("text").asText()).toList();
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0)).isEqualTo(refusal).startsWith("Unsavable.main/program.stream: ");
        assertThat(report.get("verdict").asText()).endsWith(refusal);
        assertThat(texts.subList(1, 3))
                .satisfiesExactlyInAnyOrder(
                        t -> assertThat(t).startsWith("Unsavable.main/program.more.elementData[1]: "),
                        t -> assertThat(t).startsWith("Unsavable.main/timer: "));
        assertThat(local(report, "killtest.program.Unsavable#main", "timer")
                        .get("treatment")
                        .asText())
                .isEqualTo("refused");
        assertThat(local(report, "killtest.program.Unsavable#main", "i")
                        .get("treatment")
                        .asText())
                .isEqualTo("saved");
    }

    @Test
    void a_loop_that_is_given_up_is_told_beside_the_one_that_is_taken_instead() {
        JsonNode report = json(SAVABLE, program(Jdks.one(), "Phases", "20"), "--options", "found_after=200ms");
        JsonNode refused = loop(report, "killtest.program.Phases#waiting", "refused");
        assertThat(each(report.get("refusals")).map(r -> r.get("loop").asText()))
                .containsOnly(refused.get("method").asText());
        assertThat(report.get("verdict").asText()).contains("killtest.program.Phases#walk");
    }

    @Test
    void a_program_without_a_training_loop_is_told_so() {
        JsonNode report = json(REFUSED, program(Jdks.one(), "Stepless"));
        assertThat(report.get("outcome").asText()).isEqualTo("no_loop");
        assertThat(report.get("verdict").asText()).contains("Stepless looks like training", "step=", "loop=");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_that_fails_is_told_with_its_exit_code_and_its_last_lines(Path jdk) {
        JsonNode report = json(FAILED, program(jdk, "Failing", "a", "b"));
        assertThat(report.get("outcome").asText()).isEqualTo("failed");
        assertThat(report.get("exit_code").asInt()).isEqualTo(1);
        assertThat(report.get("verdict").asText()).contains("exit code 1");
        assertThat(each(report.get("output")).map(JsonNode::asText))
                .contains("reading data")
                .anyMatch(l -> l.contains("found no data in 2 files"));
    }

    @Test
    void what_does_not_come_to_begin_is_told_with_the_reason() {
        Outcome bad = explain(program(Jdks.one(), "Failing"), "--options", "lop=x");
        assertThat(bad.exit()).isEqualTo(USAGE);
        assertThat(bad.stdout()).contains("unknown option lop", "did you mean loop?");
        Outcome missing = explain(program(Jdks.one(), "Missing"));
        assertThat(missing.exit()).isEqualTo(FAILED);
        assertThat(missing.stdout()).contains("killtest.program.Missing", "exit code 1");
    }

    @Test
    void an_agent_in_the_command_gives_its_options_and_is_not_run_twice() {
        Command trainer =
                Trainer.PLAIN_SOFTMAX.command(Jdks.one()).belay(STEP, "output_dir=" + scratch.resolve("mine"));
        JsonNode report = json(SAVABLE, trainer, "--options", "save_steps=7,save_strategy=steps");
        assertThat(report.get("schedule").get("save_steps").asInt()).isEqualTo(7);
        assertThat(report.get("found").asText()).contains("(step=)");
        assertThat(scratch.resolve("mine")).doesNotExist();
    }

    @Test
    void time_that_runs_out_is_told_with_what_was_seen() {
        Command trainer = new Command(
                        Jdks.one(), List.of(), Built.trainerClassPath(), "demo.PlainSoftmax", List.of(), Map.of())
                .arguments("epochs=1000000", "samples=250", "features=64");
        JsonNode report = json(REFUSED, trainer, "--options", "found_after=1h", "--timeout", "10s");
        assertThat(report.get("outcome").asText()).isEqualTo("timeout");
        assertThat(report.get("verdict").asText()).contains("--timeout", "loop=");
        assertThat(loop(report, "demo.PlainSoftmax#train", "other")
                        .get("iterations")
                        .asLong())
                .isPositive();
    }

    @Test
    void an_explanation_that_is_interrupted_ends_the_program_and_leaves_nothing() throws IOException {
        Command endless = new Command(
                        Jdks.one(), List.of(), Built.trainerClassPath(), "demo.PlainSoftmax", List.of(), Map.of())
                .arguments("epochs=1000000", "samples=250", "features=64");
        ProcessBuilder builder = new ProcessBuilder(line(endless, "--options", "found_after=1h"))
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("printed").toFile())
                .directory(Files.createDirectories(scratch.resolve("run")).toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        Optional<ProcessHandle> explained = Optional.empty();
        while (explained.isEmpty() && process.isAlive()) {
            LockSupport.parkNanos(20_000_000);
            explained = process.children().findFirst();
        }
        LockSupport.parkNanos(1_000_000_000);
        process.destroy(); // SIGTERM
        assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue())
                .isEqualTo(143);
        assertThat(scratch.resolve("printed")).isEmptyFile();
        assertThat(explained.orElseThrow().isAlive()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void output_of_the_program_is_shown_only_if_wanted_and_never_in_the_report() {
        Command failing = program(Jdks.one(), "Failing");
        assertThat(explain(failing).stderr()).isEmpty();
        Outcome shown = explain(failing, "--show-output", "--json");
        assertThat(shown.stderr()).contains("reading data");
        assertThat(shown.stdout()).startsWith("{").endsWith("}\n");
    }

    @Test
    void the_text_ends_with_the_verdict() {
        Outcome outcome = explain(Trainer.DIGITS_CNN.command(Jdks.one()));
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        Optional<String> last = outcome.stdout().lines().reduce((a, b) -> b);
        assertThat(last.orElseThrow())
                .startsWith("Belay can save and resume this program at demo.DigitsCnn#trainEpoch");
        assertThat(outcome.stdout())
                .startsWith("demo.DigitsCnn, explained after 3 steps\n")
                .contains("epoch loop", "└ step loop", "live, saved by the adapter djl", "torch.cpu_generator")
                .doesNotContain("\u001b");
    }
}
