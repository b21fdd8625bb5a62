package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.CheckpointStore;
import dev.belay.store.Reading;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForgetCommandTest {

    @TempDir
    private Path home;

    private Path output;
    private SavedRun run;

    @BeforeEach
    void save_four_checkpoints() throws IOException, StoreProblem {
        output = home.resolve("Toy");
        run = new SavedRun(output);
        double[] accuracies = {0.7, 0.9, 0.8, 0.6};
        for (int i = 0; i < accuracies.length; i++) {
            run.save(
                    100 * (i + 1),
                    "{\"log_history\": [{\"step\": " + 100 * (i + 1) + ", \"eval_accuracy\": " + accuracies[i] + "}]}");
        }
        run.attempt().finished(400);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(output)) {
            return children.map(c -> c.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_no_rule_keeps_is_removed_and_stays_removed() throws IOException {
        Ran ran = belay("forget", output, "--keep-last", "2");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(names()).containsExactly(".belay", "checkpoint-300", "checkpoint-400");
        assertThat(ran.out())
                .containsPattern("checkpoint-400 .* kept +newest intact, last 2\n")
                .containsPattern("checkpoint-100 .* removed +no rule keeps it\n")
                .contains("removed 2 checkpoints, ");
        assertThat(belay("ls", output).out()).doesNotContain("missing", "checkpoint-100");
        assertThat(belay("verify", output).exitCode()).isZero();
        assertThat(belay("forget", output, "--keep-last", "2").out()).endsWith("nothing to remove\n");
    }

    @Test
    void a_dry_run_changes_nothing() throws IOException {
        List<String> before = names();
        long records = records();
        Ran ran = belay("forget", "--dry-run", output, "--keep-last", "1");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("would be removed 3 checkpoints");
        assertThat(names()).isEqualTo(before);
        assertThat(records()).isEqualTo(records);
    }

    private long records() throws IOException {
        try (Stream<Path> files = Files.list(output.resolve(".belay/log"))) {
            return files.count();
        }
    }

    @Test
    void rules_add_up_and_the_best_is_by_the_metric_that_is_named() throws IOException {
        Ran ran = belay("forget", output, "--keep-best", "1", "--metric", "accuracy");
        assertThat(ran.err()).isEmpty();
        assertThat(names()).containsExactly(".belay", "checkpoint-200", "checkpoint-400");
        assertThat(ran.out()).containsPattern("checkpoint-200 .* kept +accuracy 0\\.9\n");
    }

    @Test
    void which_way_is_better_may_be_said() throws IOException {
        belay("forget", output, "--keep-best", "2", "--metric", "eval_accuracy", "--smaller-is-better");
        assertThat(names()).containsExactly(".belay", "checkpoint-100", "checkpoint-400");
    }

    @Test
    void a_metric_that_is_not_there_is_an_error_that_names_those_that_are() throws IOException {
        Ran ran = belay("forget", output, "--keep-best", "1", "--metric", "f1");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .matches("belay: found no metric f1 in trainer_state.json, .*name one by --metric: eval_accuracy\n");
        assertThat(names()).hasSize(5);
    }

    @Test
    void age_is_counted_from_the_newest() throws IOException {
        assertThat(belay("forget", output, "--keep-within", "1d12h").out()).endsWith("nothing to remove\n");
        assertThat(names()).hasSize(5);
    }

    @Test
    void the_newest_intact_one_stays_whatever_is_newer_and_damaged() throws IOException {
        flipBit(output.resolve("checkpoint-400/model.safetensors"), 30_000);
        Ran ran = belay("forget", output, "--keep-last", "1");
        assertThat(ran.exitCode()).isZero();
        assertThat(names()).containsExactly(".belay", "checkpoint-300", "checkpoint-400");
        assertThat(ran.out())
                .containsPattern("checkpoint-300 .* kept +newest intact, last 1\n")
                .containsPattern("checkpoint-400 .* kept +not asked for\n");
        assertThat(belay("forget", output, "--damaged").exitCode()).isZero();
        assertThat(names()).containsExactly(".belay", "checkpoint-300");
        assertThat(belay("show", output).out()).startsWith("checkpoint-300, committed, latest");
    }

    @Test
    void where_nothing_is_intact_nothing_is_removed() throws IOException {
        for (int step = 100; step <= 400; step += 100) {
            flipBit(output.resolve("checkpoint-" + step + "/model.safetensors"), 30_000);
        }
        Ran ran = belay("forget", output, "--keep-last", "1", "--damaged");
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("found no intact checkpoint", "all 4 are damaged; nothing was removed");
        assertThat(names()).hasSize(5);
    }

    @Test
    void what_was_set_aside_goes_only_if_asked_for() throws IOException, StoreProblem {
        run.save(400);
        run.attempt().setAsideDamaged(run.save(500));
        run.attempt().finished(400);
        Files.move(
                Files.createDirectory(home.resolve("empty")),
                output.resolve("uncommitted-7.0")); // as a fence leaves it
        assertThat(names()).contains("superseded-400.5", "damaged-500.8", "uncommitted-7.0");
        belay("forget", output, "--keep-last", "4");
        assertThat(names()).contains("superseded-400.5", "damaged-500.8", "uncommitted-7.0");
        assertThat(belay("forget", output, "--superseded", "--damaged", "--uncommitted")
                        .exitCode())
                .isZero();
        assertThat(names())
                .containsExactly(".belay", "checkpoint-100", "checkpoint-200", "checkpoint-300", "checkpoint-400");
    }

    @Test
    void it_is_refused_while_a_program_may_hold_the_directory() throws IOException, StoreProblem {
        run.begin();
        Ran ran = belay("forget", output, "--keep-last", "1");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("last used by demo.Toy, since 2026-11-23T16:00:00Z", "--force");
        assertThat(names()).hasSize(5);
        run.save(500);
        assertThat(belay("forget", output, "--keep-last", "1", "--force").exitCode())
                .isZero();
        assertThat(names()).containsExactly(".belay", "checkpoint-500");
    }

    @Test
    void what_is_being_read_stays_and_says_so() throws IOException {
        Reading reading = CheckpointStore.reading(output.resolve("checkpoint-200"));
        try {
            Ran ran = belay("forget", output, "--keep-last", "1");
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).containsPattern("checkpoint-200 .* kept +it is being read");
            assertThat(names()).containsExactly(".belay", "checkpoint-200", "checkpoint-400");
        } finally {
            reading.close();
        }
        belay("forget", output, "--keep-last", "1");
        assertThat(names()).containsExactly(".belay", "checkpoint-400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--keep-last 0",
                "--keep-last x",
                "--keep-within 2y",
                "--metric loss --keep-last 1",
                "--keep-best 1 --greater-is-better --smaller-is-better"
            })
    void rules_that_say_nothing_are_usage_errors(String words) throws IOException {
        Ran ran = belay(Stream.concat(
                        Stream.of("forget", output), Stream.of(words.split(" ")).filter(w -> !w.isEmpty()))
                .toArray());
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
        assertThat(names()).hasSize(5);
    }
}
