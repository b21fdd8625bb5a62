package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The numbered log: the one commit mark and the fence. A record is created by giving a complete, durable file the next
 * number as its name, which succeeds for one creator only. The next number is always the one after the last that was
 * read, so that whoever creates it knows all that came before. Not thread-safe.
 */
final class CommitLog {

    private final Path directory;
    private final Disk disk;
    private final Supplier<String> ids;
    private final NavigableMap<Long, LogRecord> records = new TreeMap<>();
    private final NavigableMap<Long, String> damaged = new TreeMap<>();
    private NavigableSet<Long> present = new TreeSet<>();

    CommitLog(Path directory, Disk disk, Supplier<String> ids) {
        this.directory = directory;
        this.disk = disk;
        this.ids = ids;
    }

    Path directory() {
        return directory;
    }

    /** Reads what is new. Records that were read or made before stay known as they were. */
    void refresh() throws IOException, StoreProblem {
        NavigableSet<Long> now = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.map(f -> FileNames.recordNumber(f.getFileName().toString()))
                    .filter(n -> n >= 0)
                    .forEach(now::add);
        }
        // a listing may miss what is made, or renamed beside it, while it is read: a file of that name is the truth
        long highest = now.isEmpty() ? 0 : now.last();
        for (long number = 1; number < highest; number++) {
            if (!now.contains(number) && Files.exists(file(number), LinkOption.NOFOLLOW_LINKS)) {
                now.add(number);
            }
        }
        while (Files.exists(file(highest + 1), LinkOption.NOFOLLOW_LINKS)) {
            now.add(++highest);
        }
        for (long number : now) {
            if (!records.containsKey(number) && !damaged.containsKey(number)) {
                read(number);
            }
        }
        present = now;
    }

    private void read(long number) throws IOException, StoreProblem {
        try {
            records.put(number, LogRecord.parse(Files.readAllBytes(file(number)), number));
        } catch (Damage e) {
            damaged.put(number, e.getMessage());
        }
    }

    private Path file(long number) {
        return directory.resolve(FileNames.record(number));
    }

    /** Returns the intact records in their order. */
    Collection<LogRecord> records() {
        return records.values();
    }

    Optional<LogRecord> record(long number) {
        return Optional.ofNullable(records.get(number));
    }

    /** Returns what is wrong with the records that cannot be read, by number. */
    NavigableMap<Long, String> damaged() {
        return damaged;
    }

    /** Returns the highest number in use, or 0. */
    long last() {
        long intact = records.isEmpty() ? 0 : records.lastKey();
        return damaged.isEmpty() ? intact : Math.max(intact, damaged.lastKey());
    }

    /** Returns whether a record after that number is lost. */
    boolean lostAfter(long number) {
        return last() - number > records.tailMap(number, false).size();
    }

    /** Returns whether a record of that number was there and is lost: what it said is unknown. */
    boolean lost(long number) {
        return number <= last() && !records.containsKey(number);
    }

    /**
     * Throws {@link Fenced} if the attempt with that first record is no longer the last one. Any record after its start
     * that it did not make is a later attempt's: earlier ones have read the start before they could make one.
     */
    void checkFence(LogRecord start) throws IOException {
        for (LogRecord r : records.tailMap(start.number(), false).values()) {
            if (!r.attempt().equals(start.attempt())) {
                throw fenced("attempt " + r.attempt() + ", started at " + r.time() + " " + r.info(), start);
            }
        }
        if (!damaged.tailMap(start.number(), false).isEmpty()) {
            throw fenced("the unreadable record " + FileNames.record(damaged.lastKey()) + " of another attempt", start);
        }
        if (!present.contains(start.number())) {
            throw new IOException("found no record " + file(start.number())
                    + " any more, which this attempt made; leave .belay alone while a program runs");
        }
    }

    private Fenced fenced(String found, LogRecord start) {
        return new Fenced("found " + found + " in " + directory + ", expected none after this attempt of "
                + start.time() + "; this program stops here: run one program at a time on an output_dir");
    }

    /**
     * Makes the first record of an attempt, with a number above {@code floor}.
     *
     * @param free whether one may begin after all that was read; asked again whenever there is more
     * @return empty if not
     */
    Optional<LogRecord> start(LogRecord draft, long floor, BooleanSupplier free) throws IOException, StoreProblem {
        refresh();
        while (free.getAsBoolean()) {
            LogRecord record = draft.at(Math.max(last(), floor) + 1, ids.get());
            if (create(record, record.number() - 1)) {
                refresh();
                checkFence(record);
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /** Makes the next record of a running attempt. Fails where it is unknown whether the record was made, too. */
    LogRecord append(LogRecord draft, LogRecord start) throws IOException, StoreProblem {
        for (; ; ) {
            refresh();
            checkFence(start);
            LogRecord record = draft.at(last() + 1, ids.get());
            if (create(record, start.number())) {
                return record;
            }
        }
    }

    /** Tries to make a record. Returns false if the number was taken by someone else, whose record is known then. */
    private boolean create(LogRecord record, long attemptNumber) throws IOException, StoreProblem {
        byte[] text = record.seal().text();
        Path temporary = directory.resolve(FileNames.temporary(attemptNumber, record.nonce()));
        try (FileChannel channel = disk.create(temporary)) {
            disk.write(channel, ByteBuffer.wrap(text));
            disk.sync(channel);
        } catch (IOException e) {
            deleteAfter(temporary, e);
            throw e;
        }
        try {
            disk.link(temporary, file(record.number()));
        } catch (IOException e) {
            // An answer that got lost on the way looks like a failure: only the file itself tells.
            if (!isThere(record.number(), text)) {
                deleteAfter(temporary, e);
                if (!records.containsKey(record.number()) && !damaged.containsKey(record.number())) {
                    throw e;
                }
                return false;
            }
        }
        records.put(record.number(), record);
        present.add(record.number());
        disk.syncDirectory(directory);
        deleteIfExists(temporary);
        return true;
    }

    private boolean isThere(long number, byte[] text) throws IOException, StoreProblem {
        if (!Files.exists(file(number), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Arrays.equals(Files.readAllBytes(file(number)), text)) {
            return true;
        }
        read(number);
        return false;
    }

    private void deleteAfter(Path temporary, IOException failure) {
        try {
            deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void deleteIfExists(Path temporary) throws IOException {
        try {
            disk.delete(temporary);
        } catch (NoSuchFileException e) {
            return; // a later attempt has cleaned up
        }
    }
}
