package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path home;

    @Test
    void a_place_that_is_not_there_yet_is_examined_where_it_would_be() throws IOException {
        Ran ran = belay("doctor", home.resolve("checkpoints/Toy"));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .containsPattern("ok +jdk +" + Runtime.version().feature())
                .containsPattern("ok +file_system .*hard links, renames and fsync of directories work")
                .containsPattern("(ok|warning) +write_speed +\\d+ MB/s")
                .containsPattern("ok +room .*explain tells")
                .containsPattern("save_steps +500 +by default");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).as("what it leaves").isEmpty();
        }
    }

    @Test
    void room_is_reckoned_from_the_newest_checkpoint_and_the_limit() throws IOException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        Ran ran = belay("doctor", output, "--options", "save_total_limit=4,save_strategy=steps");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("for 5 (the limit and one) of 0.1 MB")
                .containsPattern("ok +latest +checkpoint-100")
                .containsPattern("ok +last_start .*demo.Toy: did not finish")
                .containsPattern("save_total_limit +4 +in the -javaagent options");
        assertThat(belay("doctor", "--json", output).out())
                .contains("\"trouble\" : false", "\"what\" : \"write_speed\"", "\"source\" : \"by default\"");
    }

    @Test
    void a_limit_that_has_no_room_is_trouble() throws IOException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        Ran ran = belay("doctor", output, "--options", "save_total_limit=999999999");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("trouble +room +found .* make room, or choose another output_dir");
    }

    @Test
    void a_directory_that_others_can_write_is_trouble() throws IOException {
        Path open = Files.createDirectory(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Ran ran = belay("doctor", open);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("trouble +directory .*writable by");
        assertThat(belay("doctor", "--json", open).out()).contains("\"trouble\" : true");
    }

    @Test
    void options_that_a_program_would_not_start_with_are_named() {
        Ran ran = belay("doctor", home, "--options", "save_step=5");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains("unknown option save_step", "did you mean save_steps?");
    }
}
