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

class DiffCommandTest {

    @TempDir
    private Path home;

    private Path one;
    private Path other;
    private SavedRun second;

    @BeforeEach
    void save_two_runs() throws IOException, StoreProblem {
        one = home.resolve("one");
        other = home.resolve("other");
        new SavedRun(one).save(100);
        second = new SavedRun(other);
        second.begin();
    }

    @Test
    void the_same_state_of_two_runs_is_identical() throws IOException {
        second.save(50);
        second.save(100);
        Ran ran = belay("diff", one, other.resolve("checkpoint-100"));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo(one + " and " + other.resolve("checkpoint-100") + ": identical\n");
        assertThat(belay("diff", "--json", one, other).out()).contains("\"identical\" : true");
    }

    @Test
    void one_bit_of_a_tensor_makes_a_difference() throws IOException {
        second.drift(Math.ulp(2000.0));
        second.save(100);
        Ran ran = belay("diff", one, other);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith(one + " and " + other + " differ in 1 of 2 tensors\n")
                .containsPattern("Toy.main/weights +F64\\[5000] +1 of 5000 +2\\.27e-13 +1\\.14e-16 +1\n");
        assertThat(belay("diff", "--json", one, other).out())
                .contains("\"identical\" : false", "\"different\" : 1", "\"max_ulp\" : 1");
    }

    @Test
    void a_later_step_differs_in_locals_counters_and_trainer_state() throws IOException {
        second.save(200);
        Ran ran = belay("diff", one, other);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("differ in 1 object or value, 1 counter, trainer_state.json\n")
                .containsPattern("demo.Toy.main/step +100 +200\n")
                .containsPattern("steps +100 +200\n")
                .containsPattern("global_step +100 +200\n");
    }

    @Test
    void what_is_damaged_is_not_compared() throws IOException {
        second.save(100);
        flipBit(other.resolve("checkpoint-100/model.safetensors"), 30_000);
        Ran ran = belay("diff", one, other);
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err().lines()).singleElement().asString().contains("is damaged: model.safetensors: block 0");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void trouble_has_an_exit_code_of_its_own() throws IOException {
        assertThat(belay("diff", one, home.resolve("none")).exitCode()).isEqualTo(4);
        second.save(100);
        Files.setPosixFilePermissions(
                other.resolve("checkpoint-100"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        Ran ran = belay("diff", one, other);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("writable by");
    }
}
