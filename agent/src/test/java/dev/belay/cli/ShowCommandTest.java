package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.CheckpointDetail;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {

    @TempDir
    private Path home;

    private Path output;

    @BeforeEach
    void save_three_checkpoints() throws IOException, StoreProblem {
        output = home.resolve("checkpoints").resolve("Toy");
        SavedRun run = new SavedRun(output);
        run.save(100);
        run.save(200);
        run.begin();
        run.save(300);
    }

    @Test
    void show_tells_position_locals_tensors_and_fingerprint() {
        Ran ran = belay("show", output.resolve("checkpoint-200"));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("checkpoint-200, committed\n  step 200, epoch 2.00, ")
                .contains("  demo.Toy.main line 42\n    step = 200\n    weights = double[5000]\n    name = \"a b\"\n")
                .containsPattern(
                        "model +Toy.main/weights +F64 +5000 +40.0 kB +-1000.0 +3999.0 +1500\\.0 +1443\\.\\d +1 NaN")
                .containsPattern("program.main +demo.Toy")
                .containsPattern("steps +200");
    }

    @Test
    void show_takes_the_latest_of_an_output_dir() {
        assertThat(belay("show", output).out()).startsWith("checkpoint-300, committed, latest\n");
    }

    @Test
    void show_refuses_what_is_damaged() throws IOException {
        flipBit(output.resolve("checkpoint-200/loop.kryo"), 50);
        Ran ran = belay("show", output.resolve("checkpoint-200"));
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("checkpoint-200 is damaged: loop.kryo: block 0");
    }

    @Test
    void show_puts_an_array_of_arrays_in_one_line() {
        String line = "model +Toy.main/table +F64 +3x600 +14.4 kB +0.0000 +2.0000 +1.0000 +0.81650\n";
        assertThat(belay("show", output).out()).containsPattern(line);
        assertThat(belay("show", "--json", output).out()).contains("Toy.main/table\"");
    }

    /** As checkpoints of the first format have them, and arrays that hold more than rows. */
    @Test
    void rows_that_are_tensors_of_their_own_are_put_in_one_line() {
        List<CheckpointDetail.Tensor> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(new CheckpointDetail.Tensor(
                    "model.safetensors",
                    "Toy.main/a[" + i + "]",
                    "F64",
                    List.of(600L),
                    4800,
                    List.of(),
                    i,
                    i,
                    i,
                    0,
                    0,
                    0));
        }
        assertThat(TensorTable.of(rows))
                .containsPattern("model +Toy.main/a\\[\\] +F64 +3x600 +14.4 kB +0.0000 +2.0000 +1.0000 +0.81650\n");
    }
}
