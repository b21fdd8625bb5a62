package dev.belay.files;

import java.io.Flushable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files that the job has opened for writing, over all its attempts. Thread-safe: any thread of the program may open
 * files; {@link #record} and {@link #resumed} are the training thread's.
 */
public final class WrittenFiles {

    private final Journal journal;
    private final KeptContents contents;
    private final Leftovers leftovers;
    private final Consumer<FileProblem> refuse;
    private final Scratch scratch = new Scratch();
    private final LedStreams led = new LedStreams(scratch);
    private final FileStates states = new FileStates();
    private Comeback comeback;
    private boolean pending;
    private boolean training;

    /**
     * @param directory where the journal and contents are kept
     * @param refuse ends the process: the program is about to append to a file that is not as it was
     * @param tell takes what is worth knowing
     */
    public WrittenFiles(Path directory, Consumer<FileProblem> refuse, Consumer<String> tell) {
        this.journal = new Journal(directory.resolve("journal"));
        this.contents = new KeptContents(directory.resolve("kept"), journal);
        this.leftovers = new Leftovers(journal, tell);
        this.refuse = refuse;
        this.comeback = new Comeback(Map.of(), contents);
    }

    /**
     * The attempt starts afresh. If the one before was the same job, came to no checkpoint and did not end by itself, files
     * that are appended to are first cut back to what they were before it.
     *
     * @param job names the program and its arguments
     * @param anew whether the user wants a job of its own in any case
     */
    public synchronized void startJob(String job, boolean anew) throws IOException {
        journal.startJob(job.replaceAll("\\s", " "), anew);
    }

    /**
     * The attempt continues from a checkpoint: until {@link #resumed}, nothing that the program does changes a file that
     * is recorded there.
     *
     * @param notes what {@link #record} returned, among others
     * @param ours whether the checkpoint is of this output_dir
     * @throws FileProblem if a file that is needed is not as it was
     */
    public synchronized void follow(Map<String, String> notes, boolean ours) throws FileProblem, IOException {
        int position = ours ? FileNotes.position(notes) : Integer.MAX_VALUE;
        journal.goOn(position);
        contents.goOn(position);
        states.follow(FileNotes.read(notes));
        comeback = new Comeback(states.records(), contents);
        comeback.check();
        pending = true;
    }

    /** Returns whether the program may not change the file now, because what it does was done before the checkpoint. */
    synchronized boolean isKept(Path given) {
        if (!pending || !isOfDefaultFileSystem(given)) {
            return false;
        }
        Path real = Places.real(given);
        return Files.isDirectory(real) ? comeback.hasWithin(real) : comeback.has(real);
    }

    private static boolean isOfDefaultFileSystem(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    /**
     * The program is about to open a file for writing.
     *
     * @return the file to open in its place
     */
    synchronized Path opening(Path given, Opening opening) throws IOException {
        if (!isOfDefaultFileSystem(given)) {
            return given;
        }
        Path real = Places.real(given);
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            return given; // a device, a pipe
        }
        if (isKept(given)) {
            return opening.mode(false) == OpenMode.RANDOM
                    ? scratch.copy(comeback.content(real), real)
                    : scratch.instead(real, opening.createNew());
        }
        if (!opening.reads()) {
            settle(real, opening);
        }
        boolean empty = !Files.exists(real) || Files.size(real) == 0;
        OpenMode mode = opening.mode(empty);
        if (mode != OpenMode.RANDOM) {
            if (mode == OpenMode.WHOLE) {
                keep(real, true);
            }
            touched(real, mode);
        } else if (training) {
            states.writtenAnywhere(real);
        }
        return given;
    }

    private void settle(Path real, Opening opening) throws IOException {
        if (pending) {
            return;
        }
        if (states.record(real) == null && !states.isDirty(real)) {
            leftovers.settle(real, opening);
        } else if (opening.appends()) {
            try {
                comeback.appending(real);
            } catch (FileProblem e) {
                refuse.accept(e);
            }
        }
    }

    /** What the newest checkpoint needs of a file is put aside before it is gone. */
    private void keep(Path real, boolean inPlace) throws IOException {
        FileRecord record = states.record(real);
        if (training && record != null && record.exists()) {
            boolean rewritten = states.isDirty(real) && !record.isNeeded();
            if (inPlace ? record.isNeeded() : !rewritten) {
                contents.keep(real, inPlace);
            }
        }
    }

    private void touched(Path real, OpenMode mode) {
        states.touched(real, mode, training);
        comeback.touched(real);
    }

    /** The program is about to delete a file or directory, to move it away, or to put another one in its place. */
    synchronized void leaving(Path given) throws IOException {
        if (isOfDefaultFileSystem(given) && !pending) {
            for (Path real : states.within(Places.real(given))) {
                keep(real, false);
            }
        }
    }

    /** The program is about to make a file by copying, moving or creating it. */
    synchronized void making(Path given, boolean createNew) throws IOException {
        if (isOfDefaultFileSystem(given)) {
            settle(Places.real(given), new Opening(false, !createNew, createNew, false));
            leaving(given);
        }
    }

    /** The program made a file or a directory so: what was there before is gone. */
    synchronized void made(Path given) throws IOException {
        if (isOfDefaultFileSystem(given)) {
            Path real = Places.real(given);
            if (Files.isDirectory(real)) {
                try (var all = Files.walk(real)) {
                    all.filter(Files::isRegularFile).forEach(f -> touched(f, OpenMode.WHOLE));
                }
            } else {
                touched(real, OpenMode.WHOLE);
            }
        }
    }

    /** The program deleted a file or directory, or moved it away. */
    synchronized void gone(Path given) {
        if (isOfDefaultFileSystem(given)) {
            Path real = Places.real(given);
            Set.copyOf(states.known()).stream().filter(f -> f.startsWith(real)).forEach(f -> {
                states.gone(f);
                comeback.touched(f);
            });
        }
    }

    /** Returns whether a directory that the program is about to make was made by lost steps. */
    synchronized boolean madeBefore(Path given) throws IOException {
        return isOfDefaultFileSystem(given) && !pending && leftovers.made(Places.real(given));
    }

    /** Lets a stream write what it holds back; returns whether its files grew. */
    public boolean flush(Object stream) throws FileProblem, IOException {
        List<Sink> sinks = Sink.below(stream);
        if (!(stream instanceof Flushable f) || !sinks.stream().allMatch(Sink::isOpen)) {
            return false;
        }
        long before = position(sinks);
        f.flush();
        return position(sinks) != before;
    }

    private synchronized long position(List<Sink> sinks) throws IOException {
        long sum = 0;
        for (Sink sink : sinks) {
            sum += placeOf(sink) == null ? 0 : sink.position();
        }
        return sum;
    }

    /** Returns why an open stream cannot be continued, as {@code <why>; <what to do>}; empty if it can. */
    public Optional<String> refusal(Object stream) {
        try {
            var sinks = Sink.below(stream);
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
        return real != null && states.known().contains(real) ? real : null;
    }

    /**
     * Looks at all files at a checkpoint. What streams hold back is written first: to the program this makes no
     * difference, and the lengths are those that an uninterrupted run would reach.
     *
     * @param streams those that are part of the program's state, with their numbers there
     * @return notes for {@link #follow}
     */
    public synchronized Map<String, String> record(Map<Object, Integer> streams) throws FileProblem {
        training = true;
        try {
            var open = new OpenStreams(this::placeOf, Set.copyOf(states.known())).flush(streams);
            Map<String, String> notes = states.look(open);
            FileNotes.putPosition(notes, journal.position());
            contents.looked();
            return notes;
        } catch (IOException e) {
            throw new FileProblem("files that the program writes", "one cannot be looked at (" + e + "); see to it");
        }
    }

    /** A checkpoint with these notes is committed. */
    public synchronized void committed(Map<String, String> notes) throws IOException {
        journal.end(); // a start that finds no checkpoint any more is another job
        contents.committed(FileNotes.position(notes));
    }

    /**
     * The saved position is reached: files are made what they were, and streams go on at their end.
     *
     * @param live streams of the restarted program that stand for saved ones, by the numbers of these
     */
    public synchronized void resumed(Map<Integer, Object> live) throws FileProblem, IOException {
        Map<Integer, Object> streams = new TreeMap<>(live);
        streams.putAll(OpenStreams.standard());
        LedStreams.flush(streams.values());
        led.lead(streams, comeback.comeBack());
        pending = false;
        training = true;
        scratch.delete();
    }

    /** The program ended by itself. */
    public synchronized void ended() throws IOException {
        journal.end();
    }
}
