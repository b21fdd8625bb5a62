package dev.belay.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Path LOG = Path.of("/somewhere/a log with spaces.txt");
    private static final Path OTHER = Path.of("/somewhere/übrig.txt");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void choose() {
        file = directory.resolve("deep/journal");
    }

    private Journal started(String job) throws IOException {
        Journal journal = new Journal(file);
        journal.startJob(job, false);
        return journal;
    }

    private Journal resumedAt(int position) throws IOException {
        Journal journal = new Journal(file);
        journal.goOn(position);
        return journal;
    }

    @Test
    void an_attempt_that_notes_nothing_leaves_no_journal() throws IOException {
        started("job a").end();
        assertThat(file).doesNotExist();
    }

    @Test
    void the_next_attempt_of_a_job_finds_the_first_lengths() throws IOException {
        Journal first = started("a");
        first.opensFirst(LOG, 12);
        first.opensFirst(OTHER, FileRecord.ABSENT);
        started("a").opensFirst(LOG, 40);

        assertThat(started("a").lengthsBefore()).isEqualTo(Map.of(LOG, 12L, OTHER, FileRecord.ABSENT));
    }

    @Test
    void another_job_one_that_ended_and_one_begun_anew_find_nothing() throws IOException {
        started("a").opensFirst(LOG, 12);
        assertThat(started("b").lengthsBefore()).isEmpty();
        assertThat(started("a").lengthsBefore()).as("after b").isEmpty();

        Journal ended = started("a");
        ended.opensFirst(LOG, 20);
        ended.end();
        assertThat(started("a").lengthsBefore()).isEmpty();

        started("a").opensFirst(LOG, 30);
        Journal anew = new Journal(file);
        anew.startJob("a", true);
        assertThat(anew.lengthsBefore()).isEmpty();
    }

    @Test
    void an_attempt_that_is_not_to_be_started_again_leaves_nothing_to_find() throws IOException {
        Journal unsaved = started("a");
        unsaved.end();
        unsaved.opensFirst(LOG, 12);

        assertThat(started("a").lengthsBefore()).isEmpty();
    }

    @Test
    void a_resumed_attempt_finds_what_was_noted_behind_its_checkpoint() throws IOException {
        Journal journal = started("a");
        journal.opensFirst(OTHER, FileRecord.ABSENT);
        int position = journal.position();
        journal.opensFirst(LOG, 12);
        int number = journal.next();
        journal.putAside(OTHER);

        Journal resumed = resumedAt(position);

        assertThat(resumed.lengthsBefore()).isEqualTo(Map.of(LOG, 12L, OTHER, FileRecord.ABSENT));
        assertThat(resumed.kept(OTHER)).containsExactly(number);
        assertThat(resumedAt(resumed.position()).kept(OTHER)).isEmpty();
    }

    @Test
    void a_checkpoint_of_another_journal_finds_nothing() throws IOException {
        started("a").opensFirst(LOG, 12);
        assertThat(resumedAt(99).lengthsBefore()).isEmpty();
        assertThat(resumedAt(FileNotes.UNKNOWN).lengthsBefore()).isEmpty();
    }

    @Test
    void a_torn_line_is_cut_off() throws IOException {
        started("a").opensFirst(LOG, 12);
        String whole = Files.readString(file);
        Files.writeString(file, "first 1", StandardOpenOption.APPEND);

        Journal next = started("a");
        assertThat(next.lengthsBefore()).isEqualTo(Map.of(LOG, 12L));
        assertThat(file).hasContent(whole);
    }
}
