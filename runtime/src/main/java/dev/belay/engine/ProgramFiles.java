package dev.belay.engine;

import dev.belay.files.FileCalls;
import dev.belay.files.FileNotes;
import dev.belay.files.FileProblem;
import dev.belay.files.MutedOutput;
import dev.belay.files.WrittenFiles;
import dev.belay.state.HeapCapture;
import dev.belay.state.Streams;
import dev.belay.state.Unsupported;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the program writes: files that are continued, and stdout while a resume is pending. */
final class ProgramFiles implements Streams {

    private static final String DIRECTORY = "files";

    private final Settings settings;
    private final Log log;
    private final WrittenFiles written;
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> places = new HashSet<>();
    private boolean stateful;
    private boolean moved;
    private Map<String, String> notes = Map.of();
    private Map<String, String> forced = Map.of();
    private MutedOutput muted;

    ProgramFiles(Settings settings, Log log) {
        this.settings = settings;
        this.log = log;
        Path directory = settings.outputDir().toAbsolutePath().resolve(".belay").resolve(DIRECTORY);
        this.written = new WrittenFiles(directory, this::refuse, log::info, log::warn);
    }

    private void refuse(FileProblem problem) {
        log.error("REFUSED " + problem.getMessage());
        ExitCode.INCOMPATIBLE.end();
    }

    /** No checkpoint is resumed; MUST be called before the first woven class runs. */
    void startAfresh(ProgramIdentity program) throws IOException {
        if (settings.continueFiles()) {
            FileCalls.connect(written);
            String job = program.mainClass() + " "
                    + Integer.toHexString(program.arguments().hashCode());
            boolean unsaved = settings.triggers().isEmpty();
            written.startJob(job, unsaved || settings.resume().kind() == ResumeMode.Kind.FALSE);
            if (unsaved) {
                written.ended();
            }
        }
    }

    /**
     * A checkpoint is resumed; MUST be called before the first woven class runs.
     *
     * @param saved its notes
     * @param ours whether it is one of this output_dir
     */
    void follow(Map<String, String> saved, boolean ours) throws IOException {
        if (settings.continueFiles()) {
            FileCalls.connect(written);
            if (!FileNotes.present(saved)) {
                log.warn(
                        "the checkpoint was saved with files=leave: what the program wrote before it is not continued");
            }
            try {
                written.follow(saved, ours);
            } catch (FileProblem e) {
                throw unsupported(e);
            }
        }
        if (settings.mutePrefix()) {
            muted = MutedOutput.start();
        }
    }

    @Override
    public Optional<String> refusal(Object stream) {
        if (!settings.continueFiles()) {
            return Streams.REFUSED.refusal(stream);
        }
        Optional<String> why = written.refusal(stream);
        if (why.isEmpty() && met.add(stream)) {
            flush(stream); // before its own fields are read: they may count what it wrote, or hold it back
            stateful |= stream instanceof DataOutputStream || stream.getClass().getClassLoader() != null;
        }
        return why;
    }

    private void flush(Object stream) {
        try {
            moved |= written.flush(stream) && stateful;
        } catch (FileProblem e) {
            throw unsupported(e);
        } catch (IOException e) {
            throw new Unsupported(stream.getClass().getName(), "it cannot be flushed (" + e + "); see to it");
        }
    }

    /** A capture begins: the streams that it meets count from now on. */
    void begin() {
        met.clear();
        stateful = false;
        moved = false;
    }

    /** Returns whether a stream that holds state was written to after it had been captured, by the flush of another. */
    boolean moved() {
        met.forEach(this::flush);
        return moved;
    }

    /** The program's first step begins: what it opens from now on, it may open in a loop. */
    void stepBegins() {
        written.stepBegins();
    }

    /** The capture has met all streams: looks at the files. */
    void record(HeapCapture capture) {
        if (settings.continueFiles()) {
            try {
                Map<Object, Integer> streams = new IdentityHashMap<>();
                met.forEach(s -> streams.put(s, capture.number(s)));
                for (Map.Entry<Object, Integer> e : streams.entrySet()) {
                    if (e.getValue() > 0) {
                        warnOfLate(e.getKey(), capture.path(e.getKey()));
                    }
                }
                notes = written.record(streams);
            } catch (FileProblem e) {
                throw unsupported(e);
            }
        }
    }

    /** Where a stream was before the first step, another one may take its place; elsewhere a resume may find none. */
    private void warnOfLate(Object stream, String path) throws FileProblem {
        if (places.add(path) && written.isOpenedLate(stream)) {
            log.warn(path + " was opened after the first step: if a step opens it, and not the code before a loop, a"
                    + " resume will be refused, because steps are not repeated; open it before the loop, or close it in"
                    + " the step that opens it");
        }
    }

    /** Returns what was seen last, as notes of the checkpoint. */
    Map<String, String> notes() {
        return notes;
    }

    /** A checkpoint is about to be committed: what it records MUST outlast the machine as it will. */
    void force(Map<String, String> recorded) throws IOException {
        FileNotes.force(recorded, forced);
        forced = recorded;
    }

    /** A checkpoint is committed. */
    void committed(Map<String, String> recorded) throws IOException {
        if (settings.continueFiles()) {
            written.committed(recorded);
        }
    }

    /** The saved position is reached; {@code live} are the restarted program's live objects, by their saved numbers. */
    void resumed(Map<Integer, Object> live) {
        if (settings.continueFiles()) {
            Map<Integer, Object> streams = new TreeMap<>(live);
            streams.values().removeIf(o -> !isStream(o));
            try {
                written.resumed(streams);
            } catch (FileProblem e) {
                throw unsupported(e);
            } catch (IOException e) {
                throw new Unsupported(
                        "files that the program writes", "they cannot be continued (" + e + "); see to it");
            }
        }
        if (muted != null) {
            muted.end();
            muted = null;
        }
    }

    /** The process ends, perhaps before the saved position: what was held back tells why. */
    void showHeld() {
        if (muted != null) {
            muted.show();
        }
    }

    /** The program ended by itself, or nothing is saved of it: what it wrote is there to stay. */
    void ended() {
        if (settings.continueFiles()) {
            try {
                written.ended();
            } catch (IOException e) {
                log.warn("the end could not be noted: " + e + "; if this run is started once more, its lines go");
            }
        }
    }

    private static boolean isStream(Object live) {
        return live instanceof java.io.OutputStream
                || live instanceof java.io.Writer
                || live instanceof java.nio.channels.Channel;
    }

    private static Unsupported unsupported(FileProblem problem) {
        return new Unsupported(problem.what(), problem.why());
    }
}
