package dev.belay.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Streams that the restarted program opened on scratch files and that were led to the real ones. */
final class LedStreams {

    private final Scratch scratch;
    /** By the scratch file, whose name the stream keeps. */
    private final Map<Path, Path> realOf = new HashMap<>();

    LedStreams(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Returns the file that a sink writes to; null for one without a name. */
    Path placeOf(Sink sink) {
        if (sink.path() == null) {
            return null;
        }
        Path given = Path.of(sink.path());
        Path led = realOf.get(given);
        return led != null ? led : Places.real(given);
    }

    /** Lets streams go on at the end of the files that wait for them; each of these MUST have one. */
    void lead(Collection<Object> streams, Map<Path, FileRecord> waiting) throws FileProblem, IOException {
        Set<Path> missing = new HashSet<>(waiting.keySet());
        for (Object stream : streams) {
            for (Sink sink : Sink.below(stream)) {
                Path given = sink.path() == null ? null : Path.of(sink.path());
                Path real = given == null || realOf.containsKey(given) ? null : scratch.real(given);
                if (waiting.containsKey(real) && sink.isOpen()) {
                    FileChannel to = FileChannel.open(
                            real, sink.appends() ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
                    to.position(waiting.get(real).length());
                    sink.lead(to);
                    realOf.put(given, real);
                    missing.remove(real);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new FileProblem(
                    missing.iterator().next().toString(),
                    "it was open at the checkpoint, and the restarted program has not opened it; open it before the loop");
        }
    }
}
