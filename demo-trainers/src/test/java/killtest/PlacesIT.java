package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One program, started in all ways in which programs are started. */
class PlacesIT {

    private static final int KILLS = 2;
    private static final double ENOUGH_SECONDS = 2.5;
    private static final int UNIT = 50;
    private static final String[] OPTIONS = {
        "save_strategy=time", "save_interval=150ms", "found_after=200ms", "save_total_limit=none"
    };
    private static final String EXEC = "org.codehaus.mojo:exec-maven-plugin:3.6.4:";

    /** How much the program has to do to run long enough here, and what it prints at last; by JDK. */
    private static final Map<Path, Integer> WORK = new HashMap<>();

    private static final Map<Path, String> RESULT = new HashMap<>();

    @TempDir
    Path scratch;

    private Places places() {
        return new Places(scratch.resolve("built"));
    }

    private int work(Path jdk) {
        return WORK.computeIfAbsent(jdk, j -> {
            Command unit = Place.working(Place.JAR.start(j, places()), UNIT);
            Path directory = scratch.resolve("calibration");
            Fork.run(unit, directory);
            long start = System.nanoTime();
            Fork.run(unit, directory);
            double seconds = (System.nanoTime() - start) / 1e9;
            return (int) Math.ceil(UNIT * Math.max(1, ENOUGH_SECONDS / seconds));
        });
    }

    private String result(Path jdk) {
        return RESULT.computeIfAbsent(
                jdk,
                j -> Fork.run(Place.working(Place.JAR.start(j, places()), work(j)), scratch.resolve("plain"))
                        .finalLine());
    }

    static Stream<Arguments> places_and_jdks() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of(Place.values()).map(p -> Arguments.of(p, jdk)));
    }

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    @ParameterizedTest
    @MethodSource("places_and_jdks")
    void killed_again_and_again_it_ends_as_if_it_never_was(Place place, Path jdk) {
        Random random = Seed.random("place " + place + " " + Jdks.feature(jdk));
        Command command = place.belay(Place.working(place.start(jdk, places()), work(jdk)), OPTIONS);

        Outcome last = killed(command.line(), command.environment(), scratch.resolve("killed"), random);

        assertThat(last.finalLine()).isEqualTo(result(jdk));
        assertThat(last.belayLines("WARN")).isEmpty();
        assertThat(last.stderr()).as("no stack trace").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_that_maven_runs_in_its_own_jvm_is_saved(Path jdk) throws IOException {
        Random random = Seed.random("exec:java " + Jdks.feature(jdk));
        String agent = "-javaagent:" + Built.belayJar() + "=" + String.join(",", OPTIONS);
        List<String> line = maven("java", "-Dexec.mainClass=" + Places.MAIN, "-Dexec.args=" + work(jdk));

        Outcome last = killed(
                line, Map.of("JAVA_HOME", jdk.toString(), "MAVEN_OPTS", agent), scratch.resolve("killed"), random);

        assertThat(last.stdout()).contains(result(jdk));
        assertThat(last.belayLines("WARN")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_program_that_maven_runs_in_a_jvm_of_its_own_is_saved_and_maven_is_left_alone(Path jdk) throws IOException {
        Random random = Seed.random("exec:exec " + Jdks.feature(jdk));
        String agent = "-javaagent:" + Built.belayJar() + "=" + String.join(",", OPTIONS);
        List<String> line = maven(
                "exec",
                "-Dexec.executable=" + jdk.resolve("bin/java"),
                "-Dexec.args=-cp %classpath " + Places.MAIN + " " + work(jdk));
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString(), "JAVA_TOOL_OPTIONS", agent);

        Outcome last = killed(line, environment, scratch.resolve("killed"), random);

        assertThat(last.stdout()).contains(result(jdk));
        assertThat(last.belayLines("WARN")).isEmpty();
        assertThat(last.stderr().lines().filter(l -> l.startsWith("Picked up JAVA_TOOL_OPTIONS")))
                .as("Maven's JVM and the program's")
                .hasSize(2);
        assertThat(Tree.names(scratch.resolve("project/checkpoints"))).allMatch(n -> n.startsWith("Placed"));
    }

    private List<String> maven(String goal, String... properties) throws IOException {
        Path project = Files.createDirectories(scratch.resolve("project"));
        Tree.copy(places().classes("Placed"), project.resolve("target/classes"));
        Files.writeString(project.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>killtest</groupId>
                  <artifactId>placed</artifactId>
                  <version>1</version>
                </project>
                """);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("killtest.maven"), "bin/mvn").toString(),
                "-o",
                "-B",
                "-q",
                "-Dmaven.repo.local=" + System.getProperty("killtest.repository"),
                "-f",
                project.resolve("pom.xml").toString(),
                EXEC + goal));
        line.addAll(List.of(properties));
        return line;
    }

    /** Kills each life after a checkpoint; returns the last one, which ended by itself. */
    private static Outcome killed(List<String> line, Map<String, String> environment, Path directory, Random random) {
        for (int kill = 0; kill < KILLS; kill++) {
            Outcome life = killAfterACommit(line, environment, directory, random.nextInt(200));
            assertThat(life.exit()).as("killed: %s", life).isEqualTo(Fork.KILLED);
            assertThat(life.resumedAt().isPresent())
                    .as("resumed, life %s: %s", kill, life)
                    .isEqualTo(kill > 0);
        }
        Outcome last = Fork.run(line, environment, directory);
        assertThat(last.resumedAt()).as("resumed: %s", last).isPresent();
        return last;
    }

    private static Outcome killAfterACommit(
            List<String> line, Map<String, String> environment, Path directory, int delayMillis) {
        try (Fork fork = Fork.start(line, environment, directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(2_000_000);
            }
            LockSupport.parkNanos(delayMillis * 1_000_000L);
            return fork.killTree();
        }
    }

    @Test
    void a_bit_that_was_changed_gives_another_result() throws IOException {
        Path jdk = Jdks.one();
        Command plain = Place.working(Place.CHILD_FIRST_CLASS_LOADER.start(jdk, places()), UNIT);
        Path directory = scratch.resolve("altered");
        Outcome unkilled = Fork.run(Place.CHILD_FIRST_CLASS_LOADER.belay(plain, OPTIONS), directory);
        List<Long> committed = unkilled.committed();
        long late = committed.get(committed.size() - 2);
        Path checkpoint = directory.resolve("checkpoints/Launcher/checkpoint-" + late);
        String from = "resume_from_checkpoint=" + checkpoint;
        Outcome same = Fork.run(Place.CHILD_FIRST_CLASS_LOADER.belay(plain, from, "output_dir=same"), directory);
        assertThat(same.finalLine()).isEqualTo(unkilled.finalLine());
        new Alteration(checkpoint).parameterBit(Seed.random("altered"));
        Outcome resumed = Fork.run(Place.CHILD_FIRST_CLASS_LOADER.belay(plain, from, "output_dir=again"), directory);
        assertThat(resumed.resumedAt()).hasValue(late);
        assertThat(resumed.finalLine()).isNotEqualTo(unkilled.finalLine());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_second_class_loader_that_defines_the_same_classes_is_refused_by_name(Path jdk) {
        Command command = Place.working(Place.launched(jdk, places(), "twins"), UNIT);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));

        Outcome belay = Fork.run(command.belay(OPTIONS), scratch.resolve("run"));

        assertThat(belay.stdout()).isEqualTo(plain.stdout());
        assertThat(belay.committed()).isEmpty();
        assertThat(belay.belayLines("WARN"))
                .anyMatch(l -> l.contains("left as it is: killtest/place/Placed: another class loader has a class"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_a_launcher_starts_may_be_named_by_its_step_or_its_loop(Path jdk) {
        Command command = Place.working(Place.launched(jdk, places(), "plain"), UNIT);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));

        Outcome step = Fork.run(
                command.belay("step=killtest.place.Placed#step", "save_strategy=steps", "save_steps=40000"),
                scratch.resolve("step"));
        Outcome wrong = Fork.run(command.belay("step=killtest.place.Placed#stride"), scratch.resolve("wrong"));

        assertThat(step.stdout()).isEqualTo(plain.stdout());
        assertThat(step.committed()).contains(40_000L);
        assertThat(wrong.belayLines("ERROR"))
                .singleElement()
                .asString()
                .contains("killtest.place.Placed#stride", "write package.Class#method");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void build_tools_are_left_alone(Path jdk) throws IOException {
        String agent = "-javaagent:" + Built.belayJar();
        List<String> line = maven("help").subList(0, 1);
        List<String> version = List.of(line.get(0), "-v");
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
        Outcome plain = Fork.run(version, environment, scratch.resolve("maven"));

        Outcome belay = Fork.run(
                version, Map.of("JAVA_HOME", jdk.toString(), "JAVA_TOOL_OPTIONS", agent), scratch.resolve("maven"));

        assertThat(belay.exit()).isEqualTo(plain.exit()).isZero();
        assertThat(belay.stdout()).isEqualTo(plain.stdout());
        assertThat(belay.stderr()).isEqualTo("Picked up JAVA_TOOL_OPTIONS: " + agent + "\n" + plain.stderr());
        assertThat(Tree.names(scratch.resolve("maven"))).isEmpty();
    }
}
