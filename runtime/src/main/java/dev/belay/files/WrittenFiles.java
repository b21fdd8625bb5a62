package dev.belay.files;

import java.io.IOException;
import java.nio.file.Path;
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
    private final UnseenFiles unseen;
    private final Scratch scratch = new Scratch();
    private final LedStreams led = new LedStreams(scratch);
    private final FileStates states = new FileStates();
    private final KnownStreams known = new KnownStreams(states, scratch, led);
    /** Its lock guards all of them. */
    private final FileEvents events;

    private Comeback comeback;

    /**
     * @param directory where the journal and contents are kept, two below output_dir
     * @param refuse ends the process: the program is about to append to a file that is not as it was
     * @param tell takes what is worth knowing
     * @param warn takes what may be wrong after a resume
     */
    public WrittenFiles(Path directory, Consumer<FileProblem> refuse, Consumer<String> tell, Consumer<String> warn) {
        this.unseen = new UnseenFiles(Places.real(directory.getParent().getParent()), warn);
        this.journal = new Journal(directory.resolve("journal"));
        this.contents = new KeptContents(directory.resolve("kept"), journal);
        this.leftovers = new Leftovers(journal, tell);
        this.comeback = new Comeback(Map.of(), contents);
        this.events = new FileEvents(states, contents, leftovers, scratch, refuse, comeback);
    }

    /** Returns what hears of all that the program does with files. */
    FileEvents events() {
        return events;
    }

    /** Returns why an open stream cannot be continued, as {@code <why>; <what to do>}; empty if it can. */
    public Optional<String> refusal(Object stream) {
        synchronized (events) {
            return known.refusal(stream);
        }
    }

    /** The program's first step begins. */
    public void stepBegins() {
        synchronized (events) {
            events.stepBegins();
        }
    }

    /** Returns whether a file below a stream was opened after that. */
    public boolean isOpenedLate(Object stream) throws FileProblem {
        synchronized (events) {
            return known.places(stream).stream().anyMatch(events::isOpenedLate);
        }
    }

    /** Lets a stream write what it holds back; returns whether its files grew. */
    public boolean flush(Object stream) throws FileProblem, IOException {
        synchronized (events) {
            return known.flush(stream);
        }
    }

    /**
     * The attempt starts afresh. If the one before was the same job, came to no checkpoint and did not end by itself, files
     * that are appended to are first cut back to what they were before it.
     *
     * @param job names the program and its arguments
     * @param anew whether the user wants a job of its own in any case
     */
    public void startJob(String job, boolean anew) throws IOException {
        synchronized (events) {
            unseen.begin();
            journal.startJob(job.replaceAll("\\s", " "), anew);
            leftovers.remove(f -> false);
        }
    }

    /**
     * The attempt continues from a checkpoint: until {@link #resumed}, nothing that the program does changes a file that
     * is recorded there.
     *
     * @param notes what {@link #record} returned, among others
     * @param ours whether the checkpoint is of this output_dir
     * @throws FileProblem if a file that is needed is not as it was
     */
    public void follow(Map<String, String> notes, boolean ours) throws FileProblem, IOException {
        synchronized (events) {
            unseen.begin();
            int position = ours ? FileNotes.position(notes) : FileNotes.UNKNOWN;
            journal.goOn(position);
            contents.goOn(position);
            states.follow(FileNotes.read(notes));
            comeback = new Comeback(states.records(), contents);
            comeback.check();
            events.follow(comeback);
        }
    }

    /**
     * Looks at all files at a checkpoint. What streams hold back is written first: to the program this makes no
     * difference, and the lengths are those that an uninterrupted run would reach.
     *
     * @param streams those that are part of the program's state, with their numbers there
     * @return notes for {@link #follow}
     */
    public Map<String, String> record(Map<Object, Integer> streams) throws FileProblem {
        try {
            synchronized (events) {
                events.trains();
                Map<String, String> notes =
                        states.look(new OpenStreams(known::placeOf, Set.copyOf(states.known())).flush(streams));
                FileNotes.putPosition(notes, journal.position());
                contents.looked();
                unseen.tell(f -> states.known().contains(f));
                return notes;
            }
        } catch (IOException e) {
            throw new FileProblem("files that the program writes", "one cannot be looked at (" + e + "); see to it");
        }
    }

    /** A checkpoint with these notes is committed. */
    public void committed(Map<String, String> notes) throws IOException {
        synchronized (events) {
            journal.end(); // a start that finds no checkpoint any more is another job
            contents.committed(FileNotes.position(notes));
        }
    }

    /**
     * The saved position is reached: files are made what they were, and streams go on at their end.
     *
     * @param live streams of the restarted program that stand for saved ones, by the numbers of these
     */
    public void resumed(Map<Integer, Object> live) throws FileProblem, IOException {
        Map<Integer, Object> streams = new TreeMap<>(live);
        streams.putAll(OpenStreams.standard());
        synchronized (events) {
            LedStreams.flush(streams.values());
            Map<Sink, Path> goOn = led.plan(streams, comeback.open());
            comeback.comeBack();
            led.lead(goOn);
            leftovers.remove(f -> states.record(f) != null || states.isDirty(f));
            events.trains();
            scratch.delete();
        }
    }

    /** The program ended by itself. */
    public void ended() throws IOException {
        synchronized (events) {
            journal.end();
        }
    }
}
