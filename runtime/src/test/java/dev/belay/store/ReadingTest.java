package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that somebody reads stays until he is done, or dead. */
class ReadingTest {

    @TempDir
    Path directory;

    private Path root;
    private Job job;
    private Committed old;

    @BeforeEach
    void save() throws Exception {
        root = directory.resolve("store");
        job = Job.start(root, 1);
        old = job.save(100);
        job.save(200);
    }

    private List<String> marks() throws IOException {
        return StoreFiles.names(root.resolve(".belay")).stream()
                .filter(n -> !n.equals("log"))
                .toList();
    }

    @Test
    void what_this_process_reads_is_not_deleted() throws Exception {
        Reading first = CheckpointStore.reading(job.path(old));
        Reading second = CheckpointStore.reading(job.path(old));
        assertThat(job.attempt().delete(old)).isFalse();
        first.close();
        assertThat(job.attempt().delete(old)).isFalse();
        second.close();
        assertThat(job.attempt().delete(old)).isTrue();
        assertThat(job.store().committed()).extracting(Committed::step).containsExactly(200L);
        assertThat(marks()).isEmpty();
    }

    @Test
    void a_reading_of_another_checkpoint_does_not_matter() throws Exception {
        Committed longer = job.save(1000);
        job.save(1100);
        Reading reading = CheckpointStore.reading(job.path(longer));
        assertThat(job.attempt().delete(old)).isTrue();
        assertThat(job.attempt().delete(longer)).isFalse();
        reading.close();
        assertThat(job.attempt().delete(longer)).isTrue();
    }

    @Test
    void a_copy_elsewhere_needs_no_mark() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("checkpoint-100"));
        try (Reading reading = CheckpointStore.reading(copy)) {
            assertThat(reading).isNotNull();
            assertThat(StoreFiles.names(directory)).containsExactly("checkpoint-100", "store");
        }
    }

    @Test
    void what_another_process_reads_is_not_deleted_until_it_is_killed() throws Exception {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        job.path(old).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("reading");
            assertThat(job.attempt().delete(old)).isFalse();
            assertThat(CheckpointStore.verify(job.path(old)).damages()).isEmpty();
        } finally {
            reader.destroyForcibly().waitFor();
        }
        assertThat(marks()).as("left by the kill").hasSize(1);
        assertThat(job.attempt().delete(old)).isTrue();
        assertThat(marks()).isEmpty();
    }

    /** Reads until it is killed. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] args) throws IOException {
            try (Reading reading = CheckpointStore.reading(Path.of(args[0]))) {
                System.out.println("reading");
                int end = System.in.read();
                throw new IllegalStateException("expected to be killed in " + reading + ", found " + end);
            }
        }
    }
}
