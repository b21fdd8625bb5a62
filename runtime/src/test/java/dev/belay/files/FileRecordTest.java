package dev.belay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecordTest {

    @TempDir
    Path directory;

    @Test
    void its_text_is_read_back() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "some text");
        for (FileRecord record : List.of(
                FileRecord.of(file, OpenMode.APPEND, List.of()),
                FileRecord.of(file, OpenMode.WHOLE, List.of(3, FileRecord.UNNUMBERED, -1)),
                FileRecord.of(directory.resolve("absent"), OpenMode.WHOLE, List.of()))) {
            assertThat(FileRecord.parse(record.text())).isEqualTo(record);
        }
    }

    @Test
    void more_bytes_are_cut_off_and_fewer_or_other_ones_are_refused() throws Exception {
        Path file = Files.write(directory.resolve("big.bin"), new byte[200_000]);
        FileRecord record = FileRecord.of(file, OpenMode.APPEND, List.of());
        Files.writeString(file, "lost", StandardOpenOption.APPEND);

        record.check(file, file);
        record.cut(file);
        assertThat(file).hasSize(200_000);

        byte[] changed = new byte[200_000];
        changed[199_999] = 1;
        Files.write(file, changed);
        assertThatThrownBy(() -> record.check(file, file)).hasMessageContaining("were changed");
        Files.write(file, new byte[199_999]);
        assertThatThrownBy(() -> record.check(file, file))
                .hasMessageContaining("found 199999 bytes, expected the 200000");
        Files.delete(file);
        assertThatThrownBy(() -> record.check(file, file)).hasMessageContaining("gone");
    }

    @Test
    void it_is_found_in_what_goes_on_with_it_and_in_nothing_else() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "begins");
        FileRecord record = FileRecord.of(file, OpenMode.WHOLE, List.of());
        assertThat(record.isIn(file)).isTrue();
        assertThat(record.hasLengthOf(file)).isTrue();

        Files.writeString(file, " and goes on", StandardOpenOption.APPEND);
        assertThat(record.isIn(file)).isTrue();
        assertThat(record.hasLengthOf(file)).isFalse();

        assertThat(record.isIn(Files.writeString(file, "begun!"))).isFalse();
        assertThat(record.isIn(Files.writeString(file, "begin"))).isFalse();
        Files.delete(file);
        assertThat(record.isIn(file)).isFalse();
        assertThat(record.hasLengthOf(file)).isFalse();
    }
}
