package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent leaves alone what is not its business, and needs nothing that a JDK may deny. */
class AgentMannersIT {

    private static final int DENYING_JDK = 24;

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.all();
    }

    @Test
    void nothing_is_said_where_unsafe_and_native_access_are_denied() {
        List<Path> able =
                Jdks.all().stream().filter(j -> Jdks.feature(j) >= DENYING_JDK).toList();
        if (System.getenv("CI") != null) {
            assertThat(able).as("TEST_JDKS names a JDK of 24 or later in CI").isNotEmpty();
        }
        assumeTrue(!able.isEmpty(), "needs a JDK of 24 or later in TEST_JDKS");
        for (Path jdk : able) {
            Command command = Trainer.PLAIN_SOFTMAX
                    .command(jdk)
                    .with("--sun-misc-unsafe-memory-access=deny", "--illegal-native-access=deny");
            Path directory = scratch.resolve("run" + Jdks.feature(jdk));
            Outcome plain = Fork.run(command, scratch.resolve("plain"));
            Halted.after(Trainer.PLAIN_SOFTMAX, command, directory, 75);

            Outcome resumed = Fork.run(command.belay(Trainer.PLAIN_SOFTMAX.options()), directory);

            assertThat(resumed.finalLine()).isEqualTo(plain.finalLine());
            assertThat(resumed.resumedAt()).hasValue(75);
            assertThat(resumed.stderrOfProgram()).isEqualTo(plain.stderr()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_without_a_known_step_gets_one_warning_and_nothing_else(Path jdk) {
        Command command = new Command(
                jdk, List.of(), Built.testProgramClassPath(), "killtest.program.Stepless", List.of(), Map.of());
        Path directory = scratch.resolve("run");
        Outcome plain = Fork.run(command, directory);

        Outcome belay = Fork.run(command.belay(), directory);

        assertThat(belay.exit()).isEqualTo(plain.exit()).isEqualTo(7);
        assertThat(belay.stdout()).isEqualTo(plain.stdout());
        assertThat(belay.stderr().lines().toList())
                .singleElement()
                .asString()
                .contains("] WARN ", "step=", "loop=", "killtest.program.Stepless");
        assertThat(Tree.names(directory)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tools_of_the_jdk_are_left_alone(Path jdk) {
        for (String tool : List.of("javac", "jar", "javap", "keytool")) {
            String binary = jdk.resolve("bin").resolve(tool).toString();
            List<String> line = List.of(binary, versionFlag(tool));
            Path directory = scratch.resolve(tool);
            Outcome plain = Fork.run(line, Map.of(), directory);
            String agent = "-javaagent:" + Built.belayJar();

            Outcome belay = Fork.run(line, Map.of("JAVA_TOOL_OPTIONS", agent), directory);

            assertThat(belay.exit()).isEqualTo(plain.exit());
            assertThat(belay.stdout()).isEqualTo(plain.stdout());
            assertThat(belay.stderr()).isEqualTo("Picked up JAVA_TOOL_OPTIONS: " + agent + "\n" + plain.stderr());
            assertThat(Files.exists(directory.resolve("checkpoints"))).isFalse();
        }
    }

    /** A program without a training loop, and a large one. */
    @ParameterizedTest
    @MethodSource("jdks")
    void javac_compiles_this_project_as_without_the_agent(Path jdk) throws IOException {
        List<String> sources;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java/demo"))) {
            sources = all.map(Path::toAbsolutePath)
                    .map(Path::toString)
                    .filter(s -> s.endsWith(".java"))
                    .sorted()
                    .toList();
        }
        Map<String, Map<String, String>> compiled = new HashMap<>();
        for (String agent : List.of("", "-J-javaagent:" + Built.belayJar())) {
            Path classes = Files.createDirectories(scratch.resolve("classes" + agent.length()));
            List<String> line = new ArrayList<>(List.of(jdk.resolve("bin/javac").toString()));
            line.addAll(agent.isEmpty() ? List.of() : List.of(agent));
            line.addAll(List.of("--release", "17", "-proc:none", "-cp", Built.trainerClassPath()));
            line.addAll(List.of("-d", classes.toString()));
            line.addAll(sources);
            Outcome outcome = Fork.run(line, Map.of(), scratch.resolve("compile"));
            assertThat(outcome.exit()).as("%s", outcome).isZero();
            assertThat(outcome.stdout() + outcome.stderr()).isEmpty();
            compiled.put(agent, Tree.contents(classes));
        }
        assertThat(compiled.values()).hasSize(2).allMatch(c -> c.size() >= sources.size() - 1);
        assertThat(Set.copyOf(compiled.values())).as("the same class files").hasSize(1);
        assertThat(Files.exists(scratch.resolve("compile/checkpoints"))).isFalse();
    }

    private static String versionFlag(String tool) {
        return tool.equals("jar") ? "--version" : "-version";
    }
}
