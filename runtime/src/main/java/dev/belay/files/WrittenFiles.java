package dev.belay.files;

import java.io.Flushable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The files that the job has opened for writing, over all its attempts. Thread-safe: any thread of the program may open
 * files; {@link #record} and {@link #resumed} are the training thread's.
 */
public final class WrittenFiles {

    private final FirstOpens firstOpens;
    private final Consumer<FileProblem> refuse;
    private final Scratch scratch = new Scratch();
    /** By real path; the length of one that is {@link #dirty} is old. */
    private final Map<Path, FileRecord> records = new HashMap<>();

    private final Set<Path> dirty = new HashSet<>();
    /** Files of the checkpoint that nobody has opened since; they MUST be as they were if they are appended to. */
    private final Set<Path> untouched = new HashSet<>();

    private final LedStreams led = new LedStreams(scratch);
    /** Files that were opened to be written at any place since the training began. */
    private final Set<Path> random = new TreeSet<>();

    private boolean pending;
    private boolean training;

    /**
     * @param journal where the lengths of files before their first opening are noted
     * @param refuse ends the process: the program is about to append to a file that is not as it was
     */
    public WrittenFiles(Path journal, Consumer<FileProblem> refuse) {
        this.firstOpens = new FirstOpens(journal);
        this.refuse = refuse;
    }

    /** The attempt begins a job: files stay as the program finds them. */
    public void startAnew() throws IOException {
        firstOpens.clear();
    }

    /**
     * The attempt continues from a checkpoint: until {@link #resumed}, nothing that the program does changes a file that
     * is recorded there.
     *
     * @param notes what {@link #record} returned, among others
     * @throws FileProblem if a file that is needed is not as it was
     */
    public synchronized void follow(Map<String, String> notes) throws FileProblem, IOException {
        firstOpens.read();
        records.putAll(FileNotes.read(notes));
        untouched.addAll(records.keySet());
        checkNeeded();
        pending = true;
    }

    private void checkNeeded() throws FileProblem, IOException {
        for (Map.Entry<Path, FileRecord> e : records.entrySet()) {
            if (untouched.contains(e.getKey()) && e.getValue().isNeeded()) {
                e.getValue().check(e.getKey());
            }
        }
    }

    /** Returns whether the program may not change the file now, because what it does was done before the checkpoint. */
    synchronized boolean isKept(Path given) {
        if (!pending || !isOfDefaultFileSystem(given)) {
            return false;
        }
        Path real = Places.real(given);
        if (Files.isDirectory(real)) {
            return records.keySet().stream().anyMatch(f -> f.startsWith(real) && Files.exists(f));
        }
        FileRecord record = records.get(real);
        return record != null && record.exists() && Files.isRegularFile(real);
    }

    private static boolean isOfDefaultFileSystem(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    /**
     * The program is about to open a file for writing.
     *
     * @param createNew whether it must not exist
     * @return the file to open in its place
     */
    synchronized Path opening(Path given, OpenMode mode, boolean createNew) throws IOException {
        if (!isOfDefaultFileSystem(given)) {
            return given;
        }
        Path real = Places.real(given);
        if (isKept(given)) {
            return mode == OpenMode.RANDOM ? scratch.copy(real) : scratch.instead(real, createNew);
        }
        boolean special = Files.exists(real) && !Files.isRegularFile(real);
        if (mode == OpenMode.RANDOM && training) {
            random.add(real);
        } else if (mode != OpenMode.RANDOM && !special) {
            if (mode == OpenMode.APPEND) {
                appending(real);
            }
            touched(real, mode);
        }
        return given;
    }

    /** What lost steps wrote into the file goes before anything is added to it. */
    private void appending(Path real) throws IOException {
        FileRecord record = records.get(real);
        long now = Files.isRegularFile(real) ? Files.size(real) : FileRecord.ABSENT;
        if (record == null) {
            Long before = firstOpens.noted(real);
            if (before != null && before < now) {
                new FileRecord(OpenMode.APPEND, before, 0, false).cut(real);
            }
            firstOpens.note(real, now);
        } else if (!pending && untouched.contains(real)) {
            try {
                if (record.exists()) {
                    record.check(real);
                }
                record.cut(real);
            } catch (FileProblem e) {
                refuse.accept(e);
            }
        }
    }

    private void touched(Path real, OpenMode mode) {
        records.put(real, new FileRecord(mode, FileRecord.ABSENT, 0, false));
        dirty.add(real);
        untouched.remove(real);
    }

    /** The program made a file by copying, moving or creating it: what was there before is gone. */
    synchronized void made(Path given) {
        if (isOfDefaultFileSystem(given)) {
            touched(Places.real(given), OpenMode.WHOLE);
        }
    }

    /** The program deleted a file: if it appends to it again, it begins anew. */
    synchronized void gone(Path given) {
        if (isOfDefaultFileSystem(given)) {
            Path real = Places.real(given);
            records.computeIfPresent(real, (file, before) -> {
                dirty.add(file);
                untouched.remove(file);
                return before;
            });
        }
    }

    /** Returns why an open stream cannot be continued, as {@code <why>; <what to do>}; empty if it can. */
    public Optional<String> refusal(Object stream) {
        try {
            Collection<Sink> sinks = Sink.below(stream);
            if (sinks.isEmpty()) {
                return Optional.of(
                        "it is open across the loop, and no file is below it; open it inside the loop's body");
            }
            for (Sink sink : sinks) {
                if (sink.path() != null && sink.isOpen() && !isKnown(sink)) {
                    return Optional.of(
                            "it writes to " + sink.path() + ", which was not opened as a file to be emptied or"
                                    + " appended to, or not by a class of the program; open it inside the loop's body");
                }
            }
            return Optional.empty();
        } catch (FileProblem e) {
            return Optional.of(e.why());
        }
    }

    private synchronized boolean isKnown(Sink sink) {
        Path given = Path.of(sink.path());
        Path real = Places.real(given);
        return placeOf(sink) != null
                || scratch.real(given) != null
                || (Files.exists(real) && !Files.isRegularFile(real));
    }

    private Path placeOf(Sink sink) {
        Path real = led.placeOf(sink);
        return real != null && records.containsKey(real) ? real : null;
    }

    /**
     * Looks at all files at a checkpoint. What streams hold back is written first: to the program this makes no
     * difference, and the lengths are those that an uninterrupted run would reach.
     *
     * @param streams those that are part of the program's state
     * @return notes for {@link #follow}
     */
    public synchronized Map<String, String> record(Collection<Object> streams) throws FileProblem {
        training = true;
        if (!random.isEmpty()) {
            throw new FileProblem(
                    random.iterator().next().toString(),
                    "the program writes at any place of it while it trains, and only what is written at the end can be"
                            + " continued; append to it, or set files=leave and care for it yourself");
        }
        try {
            Map<Path, Sink> open = new OpenStreams(this::placeOf, Set.copyOf(records.keySet())).flush(streams);
            Map<String, String> notes = new TreeMap<>();
            for (Path real : Set.copyOf(records.keySet())) {
                FileRecord record = records.get(real);
                boolean isOpen = open.containsKey(real);
                if (dirty.contains(real) || isOpen || record.open()) {
                    record = FileRecord.of(real, record.mode(), isOpen);
                    if (isOpen) {
                        requireAtEnd(open.get(real), record, real);
                    }
                    records.put(real, record);
                }
                if (!record.exists() && record.mode() == OpenMode.WHOLE) {
                    records.remove(real); // a temporary file
                } else {
                    FileNotes.put(notes, real, record);
                }
            }
            dirty.clear();
            return notes;
        } catch (IOException e) {
            throw new FileProblem("files that the program writes", "one cannot be looked at (" + e + "); see to it");
        }
    }

    private static void requireAtEnd(Sink sink, FileRecord record, Path real) throws FileProblem, IOException {
        if (!record.exists()) {
            throw new FileProblem(
                    real.toString(), "it was deleted while the program writes to it; close it before it is deleted");
        } else if (!sink.appends() && sink.position() != record.length()) {
            throw new FileProblem(
                    real.toString(),
                    "the program writes at byte " + sink.position() + " of " + record.length()
                            + ", and only what is written at the end can be continued; set files=leave");
        }
    }

    /**
     * The saved position is reached: files are cut back, and streams go on at their end.
     *
     * @param live streams of the restarted program that stand for saved ones
     */
    public synchronized void resumed(Collection<Object> live) throws FileProblem, IOException {
        List<Object> streams = new ArrayList<>(live);
        streams.addAll(OpenStreams.standard());
        for (Object stream : streams) {
            if (stream instanceof Flushable f && Sink.below(stream).stream().allMatch(Sink::isOpen)) {
                f.flush(); // into the scratch file
            }
        }
        checkNeeded();
        Map<Path, FileRecord> waiting = new HashMap<>();
        for (Map.Entry<Path, FileRecord> e : records.entrySet()) {
            if (e.getValue().isNeeded() && untouched.remove(e.getKey())) {
                e.getValue().cut(e.getKey());
                if (e.getValue().open()) {
                    waiting.put(e.getKey(), e.getValue());
                }
            }
        }
        led.lead(streams, waiting);
        pending = false;
        training = true;
        scratch.delete();
    }
}
