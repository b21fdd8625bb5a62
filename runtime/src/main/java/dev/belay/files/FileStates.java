package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of each file that the program has opened for writing. Guarded by {@link WrittenFiles}. */
final class FileStates {

    /** As they were when all files were looked at last. */
    private final Map<Path, FileRecord> records = new HashMap<>();

    private final Map<Path, OpenMode> modes = new HashMap<>();
    /** Opened, made or deleted since. */
    private final Set<Path> dirty = new HashSet<>();
    /** Emptied or made anew since: what was in them then is not needed any more, or was put aside. */
    private final Set<Path> rewritten = new HashSet<>();
    /** Files that the program opens on its way to the loop, and will open again. */
    private final Set<Path> early = new HashSet<>();
    /** Files that were opened to be written at any place since the training began. */
    private final Set<Path> random = new TreeSet<>();

    void follow(Map<Path, FileRecord> saved) {
        records.putAll(saved);
        saved.forEach((file, record) -> {
            modes.put(file, record.mode());
            if (!record.exists()) {
                early.add(file);
            }
        });
    }

    /** Returns how a file was when all were looked at last, or null. */
    FileRecord record(Path real) {
        return records.get(real);
    }

    Map<Path, FileRecord> records() {
        return records;
    }

    Set<Path> known() {
        return modes.keySet();
    }

    boolean isDirty(Path real) {
        return dirty.contains(real);
    }

    /** Returns whether what a file holds was written since all files were looked at last, and nothing of it before. */
    boolean isRewritten(Path real) {
        return rewritten.contains(real);
    }

    /** Returns whether a file was last opened to be appended to. */
    boolean isAppendedTo(Path real) {
        return modes.get(real) == OpenMode.APPEND;
    }

    void touched(Path real, OpenMode mode, boolean training) {
        modes.put(real, mode);
        dirty.add(real);
        if (mode == OpenMode.WHOLE) {
            rewritten.add(real);
        }
        if (!training) {
            early.add(real);
        }
    }

    void gone(Path real) {
        if (modes.containsKey(real)) {
            dirty.add(real);
        }
    }

    void writtenAnywhere(Path real) {
        random.add(real);
    }

    /** Looks at all files. */
    Map<String, String> look(Map<Path, OpenStreams.Open> open) throws FileProblem, IOException {
        if (!random.isEmpty()) {
            throw new FileProblem(
                    random.iterator().next().toString(),
                    "the program writes at any place of it while it trains, and only what is written at the end can be"
                            + " continued; append to it, or set files=leave and care for it yourself");
        }
        Map<String, String> notes = new TreeMap<>();
        for (Path real : Set.copyOf(modes.keySet())) {
            FileRecord record = look(real, open.get(real));
            if (record.exists() || record.mode() == OpenMode.APPEND || early.contains(real)) {
                records.put(real, record);
                FileNotes.put(notes, real, record);
            } else {
                records.remove(real); // a temporary file
                modes.remove(real);
            }
        }
        dirty.clear();
        rewritten.clear();
        return notes;
    }

    private FileRecord look(Path real, OpenStreams.Open open) throws FileProblem, IOException {
        FileRecord before = records.get(real);
        boolean closed = before != null && !dirty.contains(real) && open == null && !before.open();
        if (closed && (!before.isNeeded() || before.hasLengthOf(real))) {
            return before;
        }
        FileRecord record =
                FileRecord.of(real, modes.get(real), open == null ? List.of() : List.copyOf(open.streams()));
        if (open != null) {
            requireAtEnd(open.sink(), record, real);
        }
        return record;
    }

    private static void requireAtEnd(Sink sink, FileRecord record, Path real) throws FileProblem, IOException {
        if (!record.exists() || !sink.isOn(real)) {
            throw new FileProblem(
                    real.toString(),
                    "it was deleted or moved while the program writes to it; close it before that is done");
        } else if (!sink.appends() && sink.position() != record.length()) {
            throw new FileProblem(
                    real.toString(),
                    "the program writes at byte " + sink.position() + " of " + record.length()
                            + ", and only what is written at the end can be continued; set files=leave");
        }
    }

    /** Returns the recorded files in a directory, or the file itself. */
    List<Path> within(Path real) {
        return Files.isDirectory(real)
                ? records.keySet().stream().filter(f -> f.startsWith(real)).toList()
                : List.of(real);
    }
}
