package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command of {@code java -jar belay.jar}. */
record BelayCommand(Outcome outcome) {

    /** Runs {@code verify} on an output_dir. */
    static BelayCommand verify(Path output) {
        return run("verify", output.toString());
    }

    static BelayCommand run(String... words) {
        Command command =
                new Command(Jdks.one(), List.of("-jar"), "", Built.belayJar().toString(), List.of(words), Map.of());
        Path scratch = Built.own().resolve("commands");
        return new BelayCommand(Fork.run(command, scratch));
    }

    /** Asserts that nothing is damaged. */
    void assertIntact() {
        assertThat(outcome.exit()).as("verify: %s", outcome).isZero();
    }

    /** Asserts that damage was found, and that the report holds all the words. */
    void assertDamaged(String... words) {
        assertThat(outcome.exit()).as("verify: %s", outcome).isEqualTo(3);
        assertThat(Stream.of(words))
                .allSatisfy(w -> assertThat(outcome.stdout() + outcome.stderr()).contains(w));
    }
}
