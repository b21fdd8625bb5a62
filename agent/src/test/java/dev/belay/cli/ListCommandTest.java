package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    @TempDir
    private Path home;

    private Path output;
    private SavedRun run;

    @BeforeEach
    void save_three_checkpoints() throws IOException, StoreProblem {
        output = home.resolve("checkpoints").resolve("Toy");
        run = new SavedRun(output);
        run.save(100);
        run.save(200);
        run.begin();
        run.save(300);
    }

    @Test
    void ls_lists_the_newest_first_with_lineage_age_and_state() {
        Ran ran = belay("ls", output);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().map(l -> l.replaceAll(" +", " ")))
                .satisfiesExactly(
                        title -> assertThat(title)
                                .isEqualTo("CHECKPOINT STEP EPOCH METRIC SIZE AGE SEQ PARENT ATTEMPT STATE"),
                        row -> assertThat(row)
                                .matches("checkpoint-300 300 3\\.00 - .* kB 5 min 5 3 \\S+ committed, latest"),
                        row -> assertThat(row).matches("checkpoint-200 200 2\\.00 - .* kB 5 min 3 2 \\S+ committed"),
                        row -> assertThat(row).matches("checkpoint-100 100 1\\.00 - .* kB 5 min 2 - \\S+ committed"));
    }

    @Test
    void ls_shows_what_was_superseded_and_what_was_set_aside() throws IOException {
        run.save(300);
        run.attempt().setAsideDamaged(run.save(400));
        assertThat(belay("ls", output).out())
                .contains("superseded-300.5")
                .containsPattern("superseded-300\\.5 .* superseded\n")
                .containsPattern("checkpoint-300 .* committed, latest\n")
                .containsPattern("damaged-400\\.7 .* damaged\n");
    }

    @Test
    void ls_shows_a_checkpoint_whose_manifest_is_damaged_or_whose_directory_is_gone() throws IOException {
        flipBit(output.resolve("checkpoint-300/manifest.json"), 20);
        Files.move(output.resolve("checkpoint-200"), home.resolve("elsewhere"));
        Ran ran = belay("ls", output);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .containsPattern("checkpoint-300 +\\? .* damaged\n")
                .containsPattern("checkpoint-200 .* missing\n")
                .containsPattern("checkpoint-100 .* committed, latest\n");
        assertThat(belay("ls", home.resolve("elsewhere")).out()).containsPattern("elsewhere +200 .* copy\n");
    }

    @Test
    void ls_takes_one_checkpoint_and_knows_its_state_from_the_log() {
        assertThat(belay("ls", output.resolve("checkpoint-300")).out().lines().skip(1))
                .singleElement()
                .asString()
                .endsWith("committed, latest");
    }

    @Test
    void ls_names_a_damaged_record_of_the_log() throws IOException {
        flipBit(output.resolve(".belay/log/00000003.json"), 30);
        Ran ran = belay("ls", output);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("belay: the commit log: record 00000003.json is damaged");
        assertThat(belay("verify", output).exitCode()).isEqualTo(3);
    }

    private static String trainerState(double best, long bestStep, double... losses) {
        StringBuilder history = new StringBuilder();
        for (int i = 0; i < losses.length; i++) {
            history.append(i == 0 ? "" : ", ")
                    .append("{\"step\": ")
                    .append(100 * (i + 1))
                    .append(", \"epoch\": 1.0, \"eval_loss\": ")
                    .append(losses[i])
                    .append('}');
        }
        return "{\"best_metric\": " + best + ", \"best_global_step\": " + bestStep
                + ", \"best_model_checkpoint\": \"old/place/checkpoint-" + bestStep + "\", \"log_history\": [" + history
                + "]}";
    }

    @Test
    void ls_shows_the_metric_the_best_one_and_the_one_that_finished_the_run() throws IOException {
        run.save(400, trainerState(0.5, 400, 0.9, 0.8, 0.7, 0.5));
        run.save(500, trainerState(0.5, 400, 0.9, 0.8, 0.7, 0.5, 0.75));
        run.attempt().finished(500);
        assertThat(belay("ls", output).out())
                .containsPattern("checkpoint-500 .* eval_loss 0\\.75000 .* committed, latest, finished\n")
                .containsPattern("checkpoint-400 .* eval_loss 0\\.50000 .* committed, best\n")
                .containsPattern("checkpoint-300 +300 +3\\.00 +- .* committed\n");
        assertThat(belay("ls", "--json", output).out())
                .contains("\"best\" : true", "\"finished\" : true", "\"metric\" : \"eval_loss\"");
    }

    @Test
    void a_trainer_state_that_is_none_is_passed_over() throws IOException {
        run.save(400, "[1, 2");
        Ran ran = belay("ls", output);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .containsPattern("checkpoint-400 .* - .* committed, latest\n")
                .doesNotContain("best");
    }
}
