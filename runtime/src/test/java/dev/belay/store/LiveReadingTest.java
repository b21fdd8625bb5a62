package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that commits as fast as it can is looked at: what is read is of one moment, so no record is taken for lost. */
class LiveReadingTest {

    private static final int LOOKS = 60;

    @TempDir
    Path directory;

    @Test
    void the_log_of_a_job_that_runs_is_never_taken_for_damaged() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = job.save(1);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread trainer = new Thread(() -> {
            try {
                Committed old = first;
                for (long step = 2; !enough.get(); step++) {
                    Committed next = job.save(step);
                    job.attempt().delete(old);
                    old = next;
                }
            } catch (Exception e) {
                failure.set(e);
            }
        });
        trainer.start();
        try {
            for (int i = 0; i < LOOKS; i++) {
                assertThat(CheckpointStore.openReadOnly(root).logDamage()).isEmpty();
            }
        } finally {
            enough.set(true);
            trainer.join();
        }
        assertThat(failure.get()).isNull();
    }
}
