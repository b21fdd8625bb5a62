package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that did not change is one file with several names, and each checkpoint is whole all the same. */
class SharedFileTest {

    private static final String DATA = "data.safetensors";
    private static final byte[] BYTES = new byte[3 * ChecksummedChannel.BLOCK_BYTES + 77];

    static {
        new Random(5).nextBytes(BYTES);
    }

    @TempDir
    Path root;

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private Path data(long step) {
        return root.resolve("checkpoint-" + step).resolve(DATA);
    }

    private static Committed first(Job job, long step) throws IOException {
        try (CheckpointWriter writer = job.attempt().write(step)) {
            writer.file(DATA, BYTES);
            return writer.commit(Job.info(step, 0));
        }
    }

    private static void assertIntact(Path checkpoint) {
        assertThat(CheckpointStore.verify(checkpoint).damages()).isEmpty();
    }

    @Test
    void it_is_linked_and_counts_as_shared() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = first(job, 1);
        try (CheckpointWriter writer = job.attempt().write(2)) {
            assertThat(writer.share(DATA, first.seq())).isTrue();
            writer.file("loop.kryo", "here");
            assertThat(writer.bytes()).isEqualTo(4);
            assertThat(writer.sharedBytes()).isEqualTo(BYTES.length);
            writer.commit(Job.info(2, first.seq()));
        }
        assertThat(inode(data(2))).isEqualTo(inode(data(1)));
        assertIntact(root.resolve("checkpoint-2"));
        assertThat(CheckpointStore.manifest(root.resolve("checkpoint-2")).bytes())
                .isEqualTo(BYTES.length + 4);
        job.attempt().delete(first);
        assertThat(data(1)).doesNotExist();
        assertIntact(root.resolve("checkpoint-2"));
    }

    @Test
    void a_trial_that_shares_leaves_the_file_where_it_was() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = first(job, 1);
        try (CheckpointWriter trial = job.attempt().write(2)) {
            assertThat(trial.share(DATA, first.seq())).isTrue();
        }
        assertThat(Files.getAttribute(data(1), "unix:nlink")).isEqualTo(1);
        assertIntact(root.resolve("checkpoint-1"));
    }

    @Test
    void where_links_fail_it_is_copied() throws Exception {
        for (Exception failure : new Exception[] {
            new FileSystemException("a", "b", "Too many links"), new UnsupportedOperationException("links")
        }) {
            Path place = root.resolve(failure.getClass().getSimpleName());
            Job job = Job.start(place, 1, new LinklessDisk(failure));
            Committed first = first(job, 1);
            try (CheckpointWriter writer = job.attempt().write(2)) {
                assertThat(writer.share(DATA, first.seq())).isTrue();
                writer.commit(Job.info(2, first.seq()));
            }
            Path copy = place.resolve("checkpoint-2").resolve(DATA);
            assertThat(inode(copy)).isNotEqualTo(inode(place.resolve("checkpoint-1/" + DATA)));
            assertThat(Files.readAllBytes(copy)).isEqualTo(BYTES);
            assertIntact(copy.getParent());
        }
    }

    /** The store's own links, of its log, work; those of a checkpoint's files do not. */
    private static final class LinklessDisk extends SwiftDisk {

        private final Exception failure;

        LinklessDisk(Exception failure) {
            this.failure = failure;
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            if (!file.endsWith(DATA)) {
                super.link(file, name);
            } else if (failure instanceof IOException e) {
                throw e;
            } else {
                throw (RuntimeException) failure;
            }
        }
    }

    @Test
    void a_damaged_file_is_not_copied_and_leaves_nothing_behind() throws Exception {
        Job job = Job.start(root, 1, new LinklessDisk(new FileSystemException("no links")));
        Committed first = first(job, 1);
        StoreFiles.flip(data(1), 8L * ChecksummedChannel.BLOCK_BYTES + 3);
        try (CheckpointWriter writer = job.attempt().write(2)) {
            assertThat(writer.share(DATA, first.seq())).isFalse();
            writer.file(DATA, BYTES);
            writer.commit(Job.info(2, first.seq()));
        }
        assertIntact(root.resolve("checkpoint-2"));
    }

    @Test
    void a_link_whose_answer_is_lost_has_worked() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk() {
            @Override
            public void link(Path file, Path name) throws IOException {
                super.link(file, name);
                if (file.endsWith(DATA)) {
                    throw new IOException("Input/output error");
                }
            }
        });
        Committed first = first(job, 1);
        try (CheckpointWriter writer = job.attempt().write(2)) {
            assertThat(writer.share(DATA, first.seq())).isTrue();
            writer.commit(Job.info(2, first.seq()));
        }
        assertThat(inode(data(2))).isEqualTo(inode(data(1)));
    }

    @Test
    void it_is_shared_only_if_it_holds_every_byte_of_the_content() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = first(job, 1);
        byte[] other = BYTES.clone();
        other[other.length - 1] ^= 1;
        byte[][] wrong = {
            other, Arrays.copyOf(BYTES, BYTES.length - 1), Arrays.copyOf(BYTES, BYTES.length + 1), new byte[0]
        };
        try (CheckpointWriter writer = job.attempt().write(2)) {
            for (byte[] content : wrong) {
                assertThat(writer.share(DATA, first.seq(), inPieces(content))).isFalse();
            }
            assertThat(writer.share(DATA, first.seq(), inPieces(BYTES))).isTrue();
            writer.commit(Job.info(2, first.seq()));
        }
        assertThat(inode(data(2))).isEqualTo(inode(data(1)));
    }

    private static CheckpointWriter.Content inPieces(byte[] bytes) {
        return channel -> {
            for (int at = 0; at < bytes.length; ) {
                int n = Math.min(bytes.length - at, 1_300_001);
                channel.write(ByteBuffer.wrap(bytes, at, n));
                at += n;
            }
        };
    }

    @Test
    void what_is_not_there_or_cut_or_of_another_checkpoint_is_not_shared() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = first(job, 1);
        try (CheckpointWriter writer = job.attempt().write(2)) {
            assertThat(writer.share(DATA, first.seq() + 1)).isFalse();
            assertThat(writer.share("other.safetensors", first.seq())).isFalse();
            StoreFiles.truncate(data(1), BYTES.length - 1);
            assertThat(writer.share(DATA, first.seq())).isFalse();
            Files.delete(data(1));
            assertThat(writer.share(DATA, first.seq())).isFalse();
            assertThat(writer.share(DATA, first.seq(), inPieces(BYTES))).isFalse();
        }
        assertThat(CheckpointStore.verify(root.resolve("checkpoint-1")).damages())
                .containsExactly(DATA + ": it is missing");
    }

    @Test
    void damage_of_a_shared_file_is_found_in_each_checkpoint_and_said_to_be_shared() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk()).sharing();
        for (long step = 1; step <= 3; step++) {
            job.save(step);
        }
        StoreFiles.flip(data(2), 99);
        for (long step = 1; step <= 3; step++) {
            assertThat(CheckpointStore.verify(root.resolve("checkpoint-" + step))
                            .damages())
                    .singleElement()
                    .asString()
                    .startsWith(DATA + ": block 0 ")
                    .endsWith("; 3 checkpoints share this file, and its damage");
        }
        Job next = Job.start(root, 2, new SwiftDisk());
        assertThat(next.resume()).as("nothing is intact, and looking ends").isZero();
        assertThat(next.store().committed()).isEmpty();
        assertThat(StoreFiles.names(root))
                .filteredOn(n -> n.startsWith("damaged-"))
                .hasSize(3);
    }

    @Test
    void a_fenced_attempt_shares_nothing() throws Exception {
        Job job = Job.start(root, 1, new SwiftDisk());
        Committed first = first(job, 1);
        CheckpointWriter writer = job.attempt().write(2);
        Job.start(root, 2, new SwiftDisk());
        assertThatThrownBy(() -> writer.share(DATA, first.seq())).isInstanceOf(Fenced.class);
    }
}
