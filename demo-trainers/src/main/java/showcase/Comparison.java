package showcase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How two runs compare.
 *
 * @param resultDifference in which way the FINAL lines differ, in words; empty if they are equal
 * @param metricsDifference where the metrics files differ, in words; empty if all bytes are equal
 */
record Comparison(Optional<String> resultDifference, Optional<String> metricsDifference) {

    static Comparison of(Life undisturbed, Path undisturbedCsv, Life killed, Path killedCsv) throws IOException {
        Optional<String> result = undisturbed.finalLine().equals(killed.finalLine())
                ? Optional.empty()
                : Optional.of("the run that was killed ended with another FINAL line");
        Optional<String> metrics = Files.mismatch(undisturbedCsv, killedCsv) < 0
                ? Optional.empty()
                : Optional.of("the metrics differ first in "
                        + firstDifference(Files.readAllLines(undisturbedCsv), Files.readAllLines(killedCsv)));
        return new Comparison(result, metrics);
    }

    /** Returns everything that differs in one line; empty if nothing does. */
    Optional<String> difference() {
        List<String> all = Stream.of(resultDifference, metricsDifference)
                .flatMap(Optional::stream)
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
    }

    private static String firstDifference(List<String> expected, List<String> found) {
        int line = 0;
        while (line < Math.min(expected.size(), found.size())
                && expected.get(line).equals(found.get(line))) {
            line++;
        }
        return "line " + (line + 1) + ", undisturbed: " + lineOrEnd(expected, line) + ", killed: "
                + lineOrEnd(found, line);
    }

    private static String lineOrEnd(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "(end of file)";
    }
}
