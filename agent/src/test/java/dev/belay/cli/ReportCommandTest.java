package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.history.AttemptFacts;
import dev.belay.store.Committed;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private static final String HISTORY = """
            {"global_step": 300, "log_history": [
              {"step": 100, "epoch": 1.0, "loss": 0.9, "lr": 1e-5},
              {"step": 100, "epoch": 1.0, "eval_loss": 0.95, "eval_<b>&\\"x\\"": 1},
              {"step": 200, "epoch": 2.0, "loss": 0.5, "lr": "NaN"},
              {"step": 200, "epoch": 2.0, "eval_loss": 0.6},
              {"epoch": 2.5, "note": "without a step"}, 7
            ]}
            """;

    @TempDir
    private Path home;

    private Path output;
    private SavedRun run;

    @BeforeEach
    void save_three_checkpoints() throws IOException, StoreProblem {
        output = home.resolve("checkpoints").resolve("<i>Toy & Co");
        run = new SavedRun(output);
        run.save(100);
        Committed second = run.save(200);
        note(second.seq(), 250, Optional.empty());
        run.begin();
        note(second.seq(), 270, Optional.of(AttemptFacts.EXIT));
        run.save(300);
        run.attempt().finished(300);
        note(second.seq(), 300, Optional.of(AttemptFacts.EXIT));
    }

    private void note(long resumed, long step, Optional<String> end) throws IOException {
        run.attempt()
                .note(new AttemptFacts(
                                "elsewhere",
                                1,
                                run.attempts() > 1 ? resumed : 0,
                                run.attempts() > 1 ? OptionalLong.of(200) : OptionalLong.empty(),
                                step,
                                SavedRun.WRITTEN.plusSeconds(5).toEpochMilli(),
                                end)
                        .fields());
    }

    private String page() throws IOException {
        Path file = home.resolve("page.html");
        Ran ran = belay("report", output, "--out", file);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo(file + System.lineSeparator());
        return Files.readString(file);
    }

    @Test
    void it_counts_attempts_kills_resumes_checkpoints_and_lost_work() throws IOException {
        assertThat(page())
                .contains("Finished after 300 steps in 2 attempts.")
                .contains("id=\"tile-attempts\" data-count=\"2\"")
                .contains("id=\"tile-kills\" data-count=\"1\"")
                .contains("id=\"tile-resumes\" data-count=\"1\"")
                .contains("id=\"tile-checkpoints\" data-count=\"3\"")
                .contains("id=\"tile-lost\" data-count=\"50\"", "steps, at least 5.0 s")
                .contains("<tr data-end=\"killed\">", "<tr data-end=\"finished\">")
                .containsPattern("<tr class=\"checkpoint\"><th scope=\"row\">checkpoint-300</th>");
    }

    @Test
    void curves_are_drawn_of_losses_and_metrics_and_what_is_not_finite_is_counted() throws IOException {
        Files.writeString(output.resolve("checkpoint-300/trainer_state.json"), HISTORY);
        assertThat(page())
                .contains("id=\"chart-loss\"", "id=\"chart-lr\"")
                .contains("because they are not finite: 1.")
                .contains("data-name=\"eval_loss\" data-values=\"100 33.333 0.95;200 66.667 0.6\"")
                .doesNotContain("id=\"no-metrics\"");
    }

    @Test
    void a_history_that_is_damaged_is_told_and_an_older_one_is_shown() throws IOException {
        Files.writeString(output.resolve("checkpoint-200/trainer_state.json"), HISTORY);
        Files.writeString(output.resolve("checkpoint-300/trainer_state.json"), HISTORY.substring(0, 50));
        assertThat(page())
                .contains("the log_history of checkpoint-300 cannot be read (IOException)")
                .contains("From the log_history of checkpoint-200.", "id=\"chart-loss\"");
    }

    @Test
    void where_no_metric_was_logged_it_says_so() throws IOException {
        assertThat(page()).contains("id=\"no-metrics\"", "log_history of checkpoint-300 is empty");
    }

    @Test
    void all_values_are_escaped_and_nothing_is_loaded_from_elsewhere() throws IOException {
        Files.writeString(output.resolve("checkpoint-300/trainer_state.json"), HISTORY);
        String page = page();
        assertThat(page)
                .contains("&lt;i&gt;Toy &amp; Co", "&lt;b&gt;&amp;&quot;x&quot;")
                .doesNotContain("<i>", "<b>")
                .doesNotContain("http:", "https:", "src=", "@import", "{{")
                .doesNotContainPattern("(href=\"|url\\()[^#]");
    }

    @Test
    void what_earlier_versions_did_not_note_is_left_open() throws IOException, StoreProblem {
        Path old = home.resolve("old");
        SavedRun before = new SavedRun(old);
        before.save(100);
        before.begin();
        before.save(200);
        output = old;
        assertThat(page())
                .contains("Killed or running elsewhere, last seen after 200 steps in 2 attempts.")
                .contains("<tr data-end=\"killed\">", "<tr data-end=\"unknown\">")
                .contains("id=\"tile-resumes\" data-count=\"1\"");
    }

    @Test
    void a_damaged_log_is_told_on_the_page_too() throws IOException {
        flipBit(output.resolve(".belay/log/00000003.json"), 30);
        Path file = home.resolve("page.html");
        Ran ran = belay("report", output, "--out", file);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("belay: the commit log: record 00000003.json is damaged");
        assertThat(file).content().contains("The commit log is damaged:", "00000003.json");
    }

    @Test
    void where_no_run_is_it_exits_with_4_and_one_line() throws IOException {
        Ran none = belay("report", home.resolve("none"));
        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.err()).matches("belay: found no directory .*none; .*\n");
        Ran empty = belay("report", Files.createDirectory(home.resolve("empty")));
        assertThat(empty.exitCode()).isEqualTo(4);
        assertThat(empty.err()).matches("belay: found no run in .*empty; .*\n");
        assertThat(empty.out()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_written_is_one_line() {
        Ran ran = belay("report", output, "--out", home.resolve("no/such/page.html"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).matches("belay: cannot write .*page.html \\(NoSuchFileException\\); .*--out\n");
    }
}
