package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** Reports as people read them. {@code -Dgolden.write} writes the texts anew. */
class ExplainTextTest {

    private static final Path FILES = Path.of("src", "test", "resources", "explain");
    private static final String ESCAPE = "\u001b[";

    private static Report report(String name) throws IOException {
        return new Report(JsonFile.read(FILES.resolve(name + ".json")));
    }

    private static String plain(Report report, boolean all) {
        return new ExplainText(new Paint(Ansi.OFF), all).of(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"savable", "refused"})
    void a_report_is_printed_as_it_is_in_the_golden_file(String name) throws IOException {
        Path golden = FILES.resolve(name + ".txt");
        String text = plain(report(name), false);
        if (System.getProperty("golden.write") != null) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @Test
    void colours_change_nothing_but_colours() throws IOException {
        Report report = report("savable");
        String coloured = new ExplainText(new Paint(Ansi.ON), false).of(report);
        assertThat(coloured).contains(ESCAPE + "1m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain(report, false));
        assertThat(plain(report, false)).doesNotContain(ESCAPE);
    }

    @Test
    void lines_stay_within_a_width_whatever_they_hold() throws IOException {
        assertThat(plain(report("savable"), false).lines()).allMatch(l -> l.length() <= 120);
    }

    @Test
    void long_lists_are_cut_unless_all_is_wanted() {
        List<Map<String, Object>> tensors = IntStream.range(0, 30)
                .mapToObj(i -> Map.<String, Object>of(
                        "file",
                        "model.safetensors",
                        "name",
                        "t" + i,
                        "dtype",
                        "F32",
                        "shape",
                        List.of(1L),
                        "bytes",
                        4L + i))
                .toList();
        Report report = new Report(Map.of("tensors", tensors, "verdict", "fine", "outcome", "savable"));
        assertThat(plain(report, false))
                .contains("t29 ", "… 18 more, shown by --all")
                .doesNotContain("t0 ");
        assertThat(plain(report, true)).contains("t29 ", "t0 ").doesNotContain("--all");
    }

    @Test
    void a_report_of_a_program_that_did_not_begin_is_its_verdict_and_its_last_lines() {
        Report report = new Report(Map.of("outcome", "failed", "verdict", "It failed", "output", List.of("no file")));
        assertThat(plain(report, false)).isEqualTo("Its last lines\n  no file\n\nIt failed\n");
    }
}
