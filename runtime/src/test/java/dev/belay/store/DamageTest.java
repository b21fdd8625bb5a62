package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any damage to a checkpoint is found, named, and never an exception. */
class DamageTest {

    @TempDir
    Path directory;

    private Path checkpoint() throws StoreProblem, IOException {
        Job job = Job.start(directory.resolve("store"), 1);
        return job.path(job.save(500, ChecksummedChannel.BLOCK_BYTES + 1000));
    }

    private static String damage(Path checkpoint) {
        List<String> damages = CheckpointStore.verify(checkpoint).damages();
        assertThat(damages).hasSize(1);
        return damages.get(0);
    }

    @Test
    void every_flipped_byte_of_the_manifest_is_found() throws Exception {
        Path checkpoint = checkpoint();
        Path manifest = checkpoint.resolve("manifest.json");
        long bytes = Files.size(manifest);
        Random random = new Random(11);
        for (long i = 0; i < bytes; i++) {
            long bit = i * 8 + random.nextInt(8);
            StoreFiles.flip(manifest, bit);
            assertThat(damage(checkpoint)).as("seed 11, bit " + bit).startsWith("manifest.json: ");
            assertThatThrownBy(() -> CheckpointStore.manifest(checkpoint)).isInstanceOf(StoreProblem.class);
            StoreFiles.flip(manifest, bit);
        }
        assertThat(CheckpointStore.verify(checkpoint).intact()).isTrue();
    }

    @Test
    void flipped_bits_of_other_files_are_found_in_their_block() throws Exception {
        Path checkpoint = checkpoint();
        long seed = 12;
        Random random = new Random(seed);
        for (Path file : StoreFiles.all(checkpoint)) {
            if (file.endsWith("manifest.json")) {
                continue;
            }
            for (int i = 0; i < 200; i++) {
                long bit = (long) (random.nextDouble() * Files.size(file) * 8);
                StoreFiles.flip(file, bit);
                assertThat(damage(checkpoint))
                        .as("seed " + seed + ", " + file + ", bit " + bit)
                        .startsWith(file.getFileName() + ": block " + bit / 8 / ChecksummedChannel.BLOCK_BYTES + " ");
                StoreFiles.flip(file, bit);
            }
        }
    }

    @Test
    void truncated_lengthened_and_missing_files_are_found() throws Exception {
        Path checkpoint = checkpoint();
        for (Path file : StoreFiles.all(checkpoint)) {
            byte[] whole = Files.readAllBytes(file);
            for (long size : Set.of(0L, 1L, whole.length / 2L, whole.length - 1L, whole.length + 1L)) {
                StoreFiles.truncate(file, size);
                assertThat(damage(checkpoint)).as(file + " of size " + size).startsWith(file.getFileName() + ": ");
                Files.write(file, whole);
            }
            Files.delete(file);
            assertThat(damage(checkpoint)).isEqualTo(file.getFileName() + ": it is missing");
            Files.write(file, whole);
        }
        assertThat(CheckpointStore.verify(checkpoint).intact()).isTrue();
    }

    @Test
    void an_extra_file_is_found() throws Exception {
        Path checkpoint = checkpoint();
        Files.writeString(checkpoint.resolve("notes.txt"), "mine");
        assertThat(damage(checkpoint)).startsWith("notes.txt: ");
    }

    @Test
    void links_and_directories_in_the_place_of_files_are_refused() throws Exception {
        Path checkpoint = checkpoint();
        for (Path file : StoreFiles.all(checkpoint)) {
            Path elsewhere = directory.resolve("elsewhere");
            Files.move(file, elsewhere);
            Files.createSymbolicLink(file, elsewhere);
            assertThat(damage(checkpoint)).isEqualTo(file.getFileName() + ": it is no regular file");
            Files.delete(file);
            Files.createDirectory(file);
            assertThat(damage(checkpoint)).isEqualTo(file.getFileName() + ": it is no regular file");
            Files.delete(file);
            Files.move(elsewhere, file);
        }
    }

    @Test
    void a_missing_directory_and_a_file_in_its_place_are_damage() throws Exception {
        assertThat(damage(directory.resolve("none"))).contains("found no directory");
        Files.writeString(directory.resolve("file"), "x");
        assertThat(damage(directory.resolve("file"))).contains("found no directory");
    }

    @Test
    void a_well_sealed_manifest_that_leads_elsewhere_is_refused() throws Exception {
        Path checkpoint = checkpoint();
        Manifest m = CheckpointStore.manifest(checkpoint);
        for (String name : List.of("../secret", "/etc/passwd", "..", "a/b", "manifest.json", "", ".x")) {
            Manifest forged = new Manifest(
                    m.seq(),
                    m.parent(),
                    m.attempt(),
                    m.step(),
                    m.epoch(),
                    m.created(),
                    m.fingerprint(),
                    m.notes(),
                    List.of(new Manifest.FileEntry(name, 1, List.of(1))));
            Files.write(
                    checkpoint.resolve("manifest.json"),
                    ManifestFile.seal(forged).text());
            assertThat(damage(checkpoint)).contains("not a plain name");
        }
    }

    @Test
    void a_manifest_of_a_later_version_says_what_to_do() throws Exception {
        Path checkpoint = checkpoint();
        Files.write(
                checkpoint.resolve("manifest.json"),
                Sealed.of(java.util.Map.of("format", ManifestFile.FORMAT, "version", 2))
                        .text());
        assertThat(damage(checkpoint)).contains("version 2, expected", "use the version of Belay that wrote it");
    }
}
