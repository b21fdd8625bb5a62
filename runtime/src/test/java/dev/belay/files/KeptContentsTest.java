package dev.belay.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptContentsTest {

    @TempDir
    Path directory;

    private Path file;
    private int position;

    @BeforeEach
    void saves_and_loses_steps_that_empty_the_file_twice() throws IOException {
        file = Places.real(Files.writeString(directory.resolve("a.txt"), "of the checkpoint"));
        Journal journal = journal();
        journal.startJob("program", false);
        position = journal.position();
        KeptContents contents = new KeptContents(directory.resolve("kept"), journal);
        contents.keep(file, true);
        Files.writeString(file, "of a later one");
        contents.keep(file, true);
        contents.looked();
        contents.keep(file, true);
        Files.writeString(file, "of lost steps");
    }

    private Journal journal() {
        return new Journal(directory.resolve("journal"));
    }

    private KeptContents resumed() throws IOException {
        Journal journal = journal();
        journal.goOn(position);
        return new KeptContents(directory.resolve("kept"), journal);
    }

    @Test
    void the_first_content_since_the_checkpoint_is_brought_back() throws IOException {
        KeptContents.bringBack(resumed().content(file).orElseThrow(), file);
        assertThat(file).hasContent("of the checkpoint");
    }

    @Test
    void a_content_of_a_later_time_never_stands_for_one_that_is_gone() throws IOException {
        Files.delete(resumed().content(file).orElseThrow());
        assertThat(resumed().content(file)).isEmpty();
    }
}
