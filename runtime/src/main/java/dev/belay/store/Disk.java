package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Every operation that changes files, so that tests can end the world between any two of them. */
interface Disk {

    /** Creates a directory that only we may enter. */
    void createDirectory(Path directory) throws IOException;

    /** Creates a file that MUST NOT exist, readable by us only. */
    FileChannel create(Path file) throws IOException;

    /** Writes all that remains. */
    void write(FileChannel channel, ByteBuffer bytes) throws IOException;

    void sync(FileChannel channel) throws IOException;

    void syncDirectory(Path directory) throws IOException;

    /** Renames a directory, which fails where the target exists and is not empty; or a file, in place of any other. */
    void rename(Path from, Path to) throws IOException;

    /** Gives a file a second name that MUST NOT exist. */
    void link(Path file, Path name) throws IOException;

    /** Deletes a file or an empty directory. */
    void delete(Path path) throws IOException;
}
