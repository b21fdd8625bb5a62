package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How files become what they were at the saved position. */
final class Comeback {

    private final Map<Path, FileRecord> saved;
    private final KeptContents contents;
    /** Files that nobody has opened since the position; they MUST be as they were if they are appended to or moved. */
    private final Set<Path> untouched;

    Comeback(Map<Path, FileRecord> saved, KeptContents contents) {
        this.saved = Map.copyOf(saved);
        this.contents = contents;
        this.untouched = new HashSet<>(saved.keySet());
    }

    /** Returns whether a file was there at the position, and still is or can be brought back. */
    boolean has(Path real) {
        FileRecord record = saved.get(real);
        return record != null
                && record.exists()
                && (Files.isRegularFile(real) || contents.content(real).isPresent());
    }

    /** Returns whether there was such a file in a directory. */
    boolean hasWithin(Path directory) {
        return saved.keySet().stream().anyMatch(f -> f.startsWith(directory) && has(f));
    }

    /** Returns where a file's content of the position is to be found, if anything is. */
    Path content(Path real) {
        return contents.content(real).orElse(real);
    }

    /** Throws if what is needed is not there; changes nothing. */
    void check() throws FileProblem, IOException {
        for (Map.Entry<Path, FileRecord> e : saved.entrySet()) {
            if (e.getValue().isNeeded()) {
                e.getValue().check(e.getKey(), content(e.getKey()));
            }
        }
    }

    /** Returns the files that were open at the position. */
    Map<Path, FileRecord> open() {
        Map<Path, FileRecord> open = new HashMap<>(saved);
        open.values().removeIf(r -> !r.exists() || !r.open());
        return open;
    }

    /** Makes all files what they were. */
    void comeBack() throws FileProblem, IOException {
        check();
        for (Map.Entry<Path, FileRecord> e : saved.entrySet()) {
            Path real = e.getKey();
            FileRecord record = e.getValue();
            Optional<Path> kept = contents.content(real);
            if (!record.exists()) {
                Files.deleteIfExists(real); // made again on the way, or by lost steps
            } else if (kept.isPresent() && record.isIn(kept.get())) { // else what was put aside is of a later time
                KeptContents.bringBack(kept.get(), real);
            }
            if (record.isNeeded()) {
                record.cut(real);
                untouched.remove(real);
            }
        }
    }

    /**
     * The program appends to a file that was closed at the position, or moves it: what lost steps wrote into it goes first.
     */
    void goesOn(Path real) throws FileProblem, IOException {
        if (untouched.remove(real) && saved.get(real).exists()) {
            saved.get(real).check(real, real);
            saved.get(real).cut(real);
        }
    }

    void touched(Path real) {
        untouched.remove(real);
    }
}
