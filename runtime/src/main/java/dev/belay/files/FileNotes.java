package dev.belay.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Records of files as the notes of a checkpoint. */
public final class FileNotes {

    private static final String KEY = "file ";
    private static final String POSITION = "files.journal";
    /** The position of another journal, or of none. */
    static final int UNKNOWN = -1;

    private FileNotes() {}

    static void putPosition(Map<String, String> notes, int position) {
        notes.put(POSITION, Integer.toString(position));
    }

    /** Returns whether files were looked at when the checkpoint was taken. */
    public static boolean present(Map<String, String> notes) {
        return notes.containsKey(POSITION);
    }

    static int position(Map<String, String> notes) {
        return Integer.parseInt(notes.getOrDefault(POSITION, Integer.toString(UNKNOWN)));
    }

    static void put(Map<String, String> notes, Path real, FileRecord record) {
        notes.put(KEY + Places.text(real), record.text());
    }

    static Map<Path, FileRecord> read(Map<String, String> notes) {
        Map<Path, FileRecord> found = new HashMap<>();
        notes.forEach((key, value) -> {
            if (key.startsWith(KEY)) {
                found.put(Places.parse(key.substring(KEY.length())), FileRecord.parse(value));
            }
        });
        return found;
    }

    /**
     * Makes what the program wrote into the recorded files outlast the machine, as the checkpoint will.
     *
     * @param before notes of the checkpoint before: what is the same there is on the disk
     */
    public static void force(Map<String, String> notes, Map<String, String> before) throws IOException {
        Map<String, String> changed = new HashMap<>(notes);
        changed.entrySet().removeAll(before.entrySet());
        for (Map.Entry<Path, FileRecord> e : read(changed).entrySet()) {
            if (Files.isWritable(e.getKey()) && Files.isRegularFile(e.getKey())) {
                try (FileChannel channel = FileChannel.open(e.getKey(), StandardOpenOption.WRITE)) {
                    channel.force(false);
                }
            }
        }
    }
}
