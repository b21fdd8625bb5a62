package showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final String RESULT = "FINAL " + "00".repeat(32);
    private static final String METRICS = "epoch,loss\n1,0.5\n2,0.25\n";

    @TempDir
    private Path directory;

    @Test
    void equal_runs_have_no_difference() throws IOException {
        assertThat(compare(RESULT, METRICS).difference()).isEmpty();
    }

    @Test
    void another_result_is_a_difference() throws IOException {
        assertThat(compare("FINAL 01" + "00".repeat(31), METRICS).difference())
                .hasValue("the run that was killed ended with another FINAL line");
    }

    @Test
    void the_first_line_of_the_metrics_that_differs_is_shown() throws IOException {
        assertThat(compare(RESULT, METRICS.replace("0.25", "0.26")).difference())
                .hasValue("the metrics differ first in line 3, undisturbed: 2,0.25, killed: 2,0.26");
        assertThat(compare(RESULT, "epoch,loss\n1,0.5\n").difference())
                .hasValue("the metrics differ first in line 3, undisturbed: 2,0.25, killed: (end of file)");
    }

    @Test
    void both_differences_are_told() throws IOException {
        assertThat(compare("", "").difference().orElseThrow()).contains("another FINAL line; the metrics differ");
    }

    private Comparison compare(String killedResult, String killedMetrics) throws IOException {
        Path undisturbed = Files.writeString(directory.resolve("undisturbed.csv"), METRICS);
        Path killed = Files.writeString(directory.resolve("killed.csv"), killedMetrics);
        return Comparison.of(life(RESULT), undisturbed, life(killedResult), killed);
    }

    private static Life life(String result) {
        Life life = new Life();
        life.note(Output.of(result), Duration.ZERO);
        return life;
    }
}
