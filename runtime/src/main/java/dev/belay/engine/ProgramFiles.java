package dev.belay.engine;

import dev.belay.files.FileCalls;
import dev.belay.files.FileProblem;
import dev.belay.files.MutedOutput;
import dev.belay.files.WrittenFiles;
import dev.belay.state.Streams;
import dev.belay.state.Unsupported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the program writes: files that are continued, and stdout while a resume is pending. */
final class ProgramFiles implements Streams {

    private static final String JOURNAL = "first-opens";

    private final Settings settings;
    private final Log log;
    private final WrittenFiles written;
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    private Map<String, String> notes = Map.of();
    private MutedOutput muted;

    ProgramFiles(Settings settings, Log log) {
        this.settings = settings;
        this.log = log;
        Path journal = settings.outputDir().toAbsolutePath().resolve(".belay").resolve(JOURNAL);
        this.written = new WrittenFiles(journal, this::refuse);
    }

    private void refuse(FileProblem problem) {
        log.error("REFUSED " + problem.getMessage());
        ExitCode.INCOMPATIBLE.end();
    }

    /**
     * MUST be called before the first woven class runs.
     *
     * @param saved the notes of the checkpoint that the attempt goes on from
     * @param anew whether no earlier attempt in this output_dir is continued
     */
    void start(Optional<Map<String, String>> saved, boolean anew) throws IOException {
        if (settings.continueFiles()) {
            FileCalls.connect(written);
            if (anew) {
                written.startAnew();
            }
            if (saved.isPresent()) {
                follow(saved.get());
            }
        }
        if (settings.mutePrefix() && saved.isPresent()) {
            muted = MutedOutput.start();
        }
    }

    private void follow(Map<String, String> saved) throws IOException {
        try {
            written.follow(saved);
        } catch (FileProblem e) {
            throw unsupported(e);
        }
    }

    @Override
    public Optional<String> refusal(Object stream) {
        if (!settings.continueFiles()) {
            return Streams.REFUSED.refusal(stream);
        }
        Optional<String> why = written.refusal(stream);
        if (why.isEmpty()) {
            met.add(stream);
        }
        return why;
    }

    /** A capture begins: the streams that it meets count from now on. */
    void begin() {
        met.clear();
    }

    /** The capture has met all streams: looks at the files. */
    void record() {
        if (settings.continueFiles()) {
            try {
                notes = written.record(met);
            } catch (FileProblem e) {
                throw unsupported(e);
            }
        }
    }

    /** Returns what was seen last, as notes of the checkpoint. */
    Map<String, String> notes() {
        return notes;
    }

    /** The saved position is reached; {@code live} are the restarted program's live objects. */
    void resumed(Collection<Object> live) {
        if (settings.continueFiles()) {
            try {
                written.resumed(live.stream().filter(ProgramFiles::isStream).toList());
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

    private static boolean isStream(Object live) {
        return live instanceof java.io.OutputStream
                || live instanceof java.io.Writer
                || live instanceof java.nio.channels.Channel;
    }

    private static Unsupported unsupported(FileProblem problem) {
        return new Unsupported(problem.what(), problem.why());
    }
}
