package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {

    @TempDir
    private Path home;

    @Test
    void what_is_written_is_read_again_and_the_last_text_wins() throws IOException {
        Path file = home.resolve("a.json");
        JsonFile.write(file, Map.of("old", true));
        Map<String, Object> object = Map.of("text", "a \"b\"", "list", List.of(1L, 2.5, Map.of("x", false)));
        JsonFile.write(file, object);
        assertThat(JsonFile.read(file)).isEqualTo(object);
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void something_else_is_told_with_its_name() throws IOException {
        Path file = Files.writeString(home.resolve("b.json"), "[1, 2]");
        assertThatThrownBy(() -> JsonFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.json: it is not a JSON object");
    }

    @Test
    void a_scratch_directory_goes_with_all_that_is_in_it() throws IOException {
        Path scratch = ScratchDirectory.create();
        Files.writeString(Files.createDirectories(scratch.resolve("a/b")).resolve("c"), "d");
        ScratchDirectory.delete(scratch);
        assertThat(scratch).doesNotExist();
        ScratchDirectory.delete(scratch);
    }
}
