package dev.belay.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What steps that are lost left in files which the checkpoint does not know, or attempts that came to no checkpoint in any:
 * it goes before the program can see it. Only of files that were appended to, or that had to be new: others are emptied by
 * the program itself when it writes them again.
 */
final class Leftovers {

    private final Journal journal;
    private final Consumer<String> tell;
    private final Set<Path> met = new HashSet<>();

    Leftovers(Journal journal, Consumer<String> tell) {
        this.journal = journal;
        this.tell = tell;
    }

    /** @param known files that are none of them */
    void remove(Predicate<Path> known) throws IOException {
        Map<Path, Long> before = journal.lengthsBefore();
        List<Path> inner = before.keySet().stream()
                .filter(known.negate())
                .sorted(Comparator.comparing(Path::getNameCount).reversed())
                .toList();
        for (Path real : inner) {
            long length = before.get(real);
            if (Files.isDirectory(real)) {
                removeEmpty(real, length);
            } else if (Files.isRegularFile(real) && Files.size(real) > length) {
                tell.accept(Places.text(real) + " is " + (length < 0 ? "deleted" : "cut back to " + length + " bytes")
                        + ", from " + Files.size(real) + ": an attempt wrote that from which no checkpoint goes on");
                new FileRecord(OpenMode.APPEND, length, 0, List.of()).cut(real);
            }
        }
    }

    private static void removeEmpty(Path directory, long length) throws IOException {
        if (length == FileRecord.ABSENT) {
            try {
                Files.delete(directory);
            } catch (DirectoryNotEmptyException e) {
                return; // it holds files that the program will write again
            }
        }
    }

    /** The program is about to open or make a file, or a directory. */
    void note(Path real) throws IOException {
        if (met.add(real)) {
            journal.opensFirst(real, Files.isRegularFile(real) ? Files.size(real) : FileRecord.ABSENT);
        }
    }

    /** Returns whether lost steps made a directory. */
    boolean made(Path real) {
        boolean first = !met.contains(real);
        return first && journal.lengthsBefore().getOrDefault(real, 0L) < 0 && Files.isDirectory(real);
    }
}
