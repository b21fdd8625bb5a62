package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What attempts note about themselves, a file for each: how far they have come, and how they ended. No part of the commit
 * log: notes are for people, and the store decides nothing by them.
 */
final class AttemptNotes {

    private static final String NAME = "attempts";

    private final Path directory;
    private final Disk disk;
    private long written;

    /** @param belay the store's own directory */
    AttemptNotes(Path belay, Disk disk) {
        this.directory = belay.resolve(NAME);
        this.disk = disk;
    }

    /** @param number of the attempt's first record */
    synchronized void write(long number, Map<String, ?> facts) throws IOException {
        if (written == 0) {
            prepare(number);
        }
        byte[] text = (Json.write(facts) + "\n").getBytes(StandardCharsets.UTF_8);
        Path temporary = directory.resolve(FileNames.temporary(number, Long.toString(written++)));
        try (FileChannel channel = disk.create(temporary)) {
            disk.write(channel, ByteBuffer.wrap(text));
        }
        disk.rename(temporary, directory.resolve(FileNames.record(number)));
    }

    private void prepare(long number) throws IOException {
        try {
            disk.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            for (Path file : Directories.children(directory)) {
                if (FileNames.isTemporaryBefore(file.getFileName().toString(), number)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Returns the notes by the numbers of the attempts; those that cannot be read are left out. */
    Map<Long, Map<String, Object>> read() throws IOException {
        Map<Long, Map<String, Object>> notes = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return notes; // of a store that was written before there were any
        }
        for (Path file : Directories.children(directory)) {
            long number = FileNames.recordNumber(file.getFileName().toString());
            if (number > 0) {
                try {
                    notes.put(number, Json.read(Files.readAllBytes(file)));
                } catch (Damage e) {
                    continue; // not made durable: a machine that went down leaves half of it
                }
            }
        }
        return notes;
    }
}
