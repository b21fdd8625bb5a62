package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.Committed;
import dev.belay.store.StoreProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

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
    void verify_says_that_all_is_intact() {
        Ran ran = belay("verify", output);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines().skip(1)).hasSize(3).allMatch(l -> l.contains(" intact"));
    }

    @Test
    void verify_names_file_and_block_of_a_damage_and_exits_with_3() throws IOException {
        flipBit(output.resolve("checkpoint-200/model.safetensors"), 30_000);
        for (Path path : List.of(output, output.resolve("checkpoint-200"))) {
            Ran ran = belay("verify", path);
            assertThat(ran.exitCode()).isEqualTo(3);
            assertThat(ran.out()).containsPattern("checkpoint-200 +damaged +model.safetensors: block 0 \\(bytes 0 to");
        }
        assertThat(belay("verify", output.resolve("checkpoint-100")).exitCode()).isZero();
    }

    @Test
    void verify_finds_a_missing_file_and_a_missing_manifest() throws IOException {
        Files.delete(output.resolve("checkpoint-200/loop.kryo"));
        assertThat(belay("verify", output.resolve("checkpoint-200")).out()).contains("loop.kryo: it is missing");
        Files.delete(output.resolve("checkpoint-300/manifest.json"));
        Ran ran = belay("verify", output.resolve("checkpoint-300"));
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out()).contains("manifest.json: it is missing");
    }

    @Test
    void verify_does_not_fail_for_ever_because_of_what_was_set_aside() throws IOException {
        Committed newest = run.save(400);
        flipBit(output.resolve("checkpoint-400/model.safetensors"), 30_000);
        assertThat(belay("verify", output).exitCode()).isEqualTo(3);
        run.attempt().setAsideDamaged(newest);
        Ran ran = belay("verify", output);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).containsPattern("damaged-400\\.6 +damaged, not used +model.safetensors: block 0");
    }

    @Test
    void verify_shows_how_far_it_has_come_and_wipes_that_at_the_end() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        belay(new ProgressLine(new PrintStream(terminal, true, StandardCharsets.UTF_8)), "verify", output);
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("100.0 % checkpoint-300")
                .endsWith("\r\u001b[K");
    }
}
