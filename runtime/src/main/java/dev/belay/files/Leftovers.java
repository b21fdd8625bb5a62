package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What steps that are lost left in files which the checkpoint does not know: before the program opens such a file again,
 * it is made as it was. Each file once in an attempt, as what is there later is the attempt's own.
 */
final class Leftovers {

    private final Journal journal;
    private final Consumer<String> tell;
    private final Set<Path> settled = new HashSet<>();

    Leftovers(Journal journal, Consumer<String> tell) {
        this.journal = journal;
        this.tell = tell;
    }

    /** The program is about to open or make a file without a record. */
    void settle(Path real, Opening opening) throws IOException {
        if (!settled.add(real) || Files.exists(real) && !Files.isRegularFile(real)) {
            return;
        }
        boolean there = Files.exists(real);
        Long before = journal.lengthBefore(real);
        if (before == null) {
            if (!opening.empties()) {
                journal.opensFirst(real, there ? Files.size(real) : FileRecord.ABSENT);
            }
        } else if (there && before == FileRecord.ABSENT && !opening.empties()) {
            tell(real, "deleted");
            Files.delete(real);
        } else if (there && opening.appends() && Files.size(real) > before) {
            tell(real, "cut back to " + before + " bytes");
            FileRecord.truncate(real, before);
        }
    }

    private void tell(Path real, String what) throws IOException {
        tell.accept(Places.text(real) + " is " + what + ", from " + Files.size(real)
                + ": an attempt wrote that from which no checkpoint goes on");
    }

    /** The program is about to make a directory; returns whether lost steps made it before. */
    boolean made(Path real) throws IOException {
        if (!settled.add(real)) {
            return false;
        }
        Long before = journal.lengthBefore(real);
        if (before == null && !Files.exists(real)) {
            journal.opensFirst(real, FileRecord.ABSENT);
        }
        return before != null && before == FileRecord.ABSENT && Files.isDirectory(real);
    }
}
