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

    private FileNotes() {}

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

    /** Makes what the program wrote into the recorded files outlast the machine, as the checkpoint will. */
    public static void force(Map<String, String> notes) throws IOException {
        for (Map.Entry<Path, FileRecord> e : read(notes).entrySet()) {
            if (e.getValue().isNeeded() && Files.isRegularFile(e.getKey())) {
                try (FileChannel channel = FileChannel.open(e.getKey(), StandardOpenOption.WRITE)) {
                    channel.force(false);
                }
            }
        }
    }
}
