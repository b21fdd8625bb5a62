package dev.belay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Checksums detect damage, not malice: a directory that others can change is refused. */
final class Access {

    private static final Path SELF = Path.of("/proc/self");

    private Access() {}

    /** Throws if anyone else may change what is in a directory. */
    static void check(Path directory) throws StoreProblem, IOException {
        if (!Files.isDirectory(directory)) {
            throw new StoreProblem("found " + (Files.exists(directory) ? "a file" : "nothing") + " at " + directory
                    + ", expected a directory; move it away, or choose another output_dir");
        }
        PosixFileAttributes found = Files.readAttributes(directory, PosixFileAttributes.class);
        if (Files.exists(SELF, LinkOption.NOFOLLOW_LINKS)) {
            Object ours = Files.getAttribute(SELF, "unix:uid");
            Object owner = Files.getAttribute(directory, "unix:uid");
            if (!owner.equals(ours)) {
                throw new StoreProblem(
                        "found " + directory + " owned by " + found.owner().getName() + " (uid " + owner
                                + "), expected it to be ours (uid " + ours + "); choose another output_dir");
            }
        }
        // A group of the owner's own, the default of many Linux systems, lets nobody else in.
        boolean group = found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !found.group().getName().equals(found.owner().getName());
        if (group || found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StoreProblem("found " + directory + " writable by " + (group ? "its group" : "others")
                    + ", expected it to be writable by its owner only; run: chmod go-w " + directory);
        }
    }
}
