package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories and file systems that cannot be used are refused in one line, before anything is written. */
class AccessTest {

    private static final int SOMEONE_ELSE = 54321;

    @TempDir
    Path directory;

    private static String refusal(Path path) {
        return refusal(path, new LocalDisk());
    }

    private static String refusal(Path path, Disk disk) {
        StoreProblem[] problem = new StoreProblem[1];
        assertThatThrownBy(() -> Job.open(path, 1, disk))
                .isInstanceOfSatisfying(StoreProblem.class, p -> problem[0] = p);
        assertThat(problem[0].getMessage()).doesNotContain("\n");
        return problem[0].getMessage();
    }

    private Path ours(String name, String mode) throws IOException {
        Path path = Files.createDirectory(directory.resolve(name));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        return path;
    }

    @Test
    void a_directory_that_others_can_write_is_refused() throws Exception {
        Path open = ours("open", "rwxr-xrwx");
        assertThat(refusal(open)).contains("writable by others", "chmod go-w " + open);
        assertThat(StoreFiles.names(open)).isEmpty();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Job job = Job.start(open, 1);
        Path checkpoint = job.path(job.save(1));
        Files.setPosixFilePermissions(checkpoint, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> CheckpointStore.manifest(checkpoint)).hasMessageContaining("writable by");
        Files.setPosixFilePermissions(open.resolve(".belay/log"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(refusal(open)).contains(".belay/log", "writable by");
    }

    @Test
    void a_directory_of_another_user_is_refused() throws Exception {
        Path theirs;
        if (Files.getAttribute(directory, "unix:uid").equals(0)) {
            theirs = ours("theirs", "rwxr-xr-x");
            Files.setAttribute(theirs, "unix:uid", SOMEONE_ELSE);
            assertThat(refusal(theirs)).contains("uid " + SOMEONE_ELSE);
        } else {
            theirs = Path.of("/usr");
        }
        assertThat(refusal(theirs)).contains("owned by", "expected it to be ours", "choose another output_dir");
    }

    @Test
    void a_file_in_its_place_is_refused() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThat(refusal(file)).contains("found a file at " + file, "expected a directory");
        assertThat(refusal(file.resolve("below"))).contains("cannot create");
        Path store = ours("store", "rwx------");
        Files.writeString(store.resolve(".belay"), "x");
        assertThat(refusal(store)).contains("cannot create");
    }

    @Test
    void a_place_where_nothing_can_be_created_is_refused() {
        assertThat(refusal(Path.of("/proc/belay-test/store"))).contains("cannot create", "choose an output_dir");
    }

    @Test
    void reading_creates_nothing() throws Exception {
        assertThatThrownBy(() -> CheckpointStore.openReadOnly(directory.resolve("none")))
                .isInstanceOf(StoreProblem.class)
                .hasMessageContaining("found no directory");
        Path empty = ours("empty", "rwx------");
        CheckpointStore store = CheckpointStore.openReadOnly(empty);
        assertThat(store.committed()).isEmpty();
        assertThat(store.entries()).isEmpty();
        assertThat(StoreFiles.names(empty)).isEmpty();
        assertThatThrownBy(() -> store.begin(java.util.Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_file_system_that_lacks_something_is_refused_and_left_clean() throws Exception {
        Path store = directory.resolve("store");
        assertThat(refusal(store, new Lacking("link"))).contains("hard links", "choose an output_dir on another");
        assertThat(refusal(store, new Lacking("exclusive"))).contains("exclusive hard links");
        assertThat(refusal(store, new Lacking("rename"))).contains("atomic renames");
        assertThat(refusal(store, new Lacking("sync"))).contains("fsync of directories");
        assertThat(StoreFiles.names(store)).containsExactly(".belay");
        assertThat(StoreFiles.all(store)).isEmpty();
        Job.start(store, 1).save(1);
    }

    @Test
    void a_log_of_a_later_version_is_refused() throws Exception {
        Job.start(directory.resolve("store"), 1).save(1);
        Files.write(
                StoreFiles.record(directory.resolve("store"), 3),
                Sealed.of(java.util.Map.of("format", LogRecord.FORMAT, "version", 2))
                        .text());
        assertThat(refusal(directory.resolve("store"))).contains("version 2", "use the version of Belay that wrote it");
    }

    /** A disk without one of the things that the store builds on. */
    private static final class Lacking extends ForwardingDisk {
        private final String what;

        Lacking(String what) {
            super(new LocalDisk());
            this.what = what;
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            if (what.equals("link")) {
                throw new IOException("Operation not permitted");
            }
            try {
                super.link(file, name);
            } catch (FileAlreadyExistsException e) {
                if (!what.equals("exclusive")) {
                    throw e;
                }
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            if (what.equals("rename")) {
                throw new IOException("Invalid argument");
            }
            super.rename(from, to);
        }

        @Override
        public void syncDirectory(Path path) throws IOException {
            if (what.equals("sync") && path.getFileName().toString().startsWith(".tmp-")) {
                throw new IOException("Invalid argument");
            }
            super.syncDirectory(path);
        }
    }
}
