package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets and maps whose order differs in every JVM are named once each, and still find what they hold after a resume. */
class OrderIT {

    private static final String[] OPTIONS = {
        "step=killtest.program.Unordered#step", "save_strategy=steps", "save_steps=1", "save_total_limit=none"
    };

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void each_is_named_once_in_a_life(Path jdk) {
        Command command = new Command(
                jdk, List.of(), Built.testProgramClassPath(), "killtest.program.Unordered", List.of(), Map.of());
        Outcome plain = Fork.run(command, scratch.resolve("plain"));

        Outcome first = Fork.run(command.belay(OPTIONS), scratch.resolve("run"));

        assertThat(first.stdout()).isEqualTo(plain.stdout());
        assertThat(first.committed()).hasSizeGreaterThan(2);
        assertThat(first.belayLines("WARN"))
                .satisfiesExactlyInAnyOrder(
                        l -> assertThat(l).contains("Unordered.WORDS: the order of Set.of"),
                        l -> assertThat(l).contains("Unordered.main/program.counts: its order depends on identity"),
                        l -> assertThat(l).contains("Unordered.main/program.late: its order depends on identity"));

        long middle = first.committed().get(first.committed().size() / 2);
        Path checkpoint = scratch.resolve("run/checkpoints/Unordered/checkpoint-" + middle);
        Outcome resumed =
                Fork.run(command.belay(OPTIONS[0], "resume_from_checkpoint=" + checkpoint), scratch.resolve("another"));
        assertThat(resumed.resumedAt()).isEqualTo(OptionalLong.of(middle));
        assertThat(resumed.stdout()).isEqualTo(plain.stdout());
    }
}
