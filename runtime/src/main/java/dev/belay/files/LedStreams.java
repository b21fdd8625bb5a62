package dev.belay.files;

import java.io.FileDescriptor;
import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** Streams that the restarted program opened on its way, and that were led to the files that they are to go on with. */
final class LedStreams {

    private final Scratch scratch;
    /** A stream keeps the name of the file that it was opened on. */
    private final Map<FileDescriptor, Path> realOf = new WeakHashMap<>();

    LedStreams(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Returns the file that a sink writes to; null for one without a name. */
    Path placeOf(Sink sink) {
        if (sink.path() == null) {
            return null;
        }
        Path led = realOf.get(sink.descriptor());
        return led != null ? led : Places.real(Path.of(sink.path()));
    }

    /** Lets streams write what they hold back into their scratch files, where it is forgotten. */
    static void flush(Iterable<Object> streams) throws FileProblem, IOException {
        for (Object stream : streams) {
            if (stream instanceof Flushable f && Sink.below(stream).stream().allMatch(Sink::isOpen)) {
                f.flush();
            }
        }
    }

    /**
     * Lets streams go on at the end of the files that wait for them; each of these MUST have one. A stream takes the file
     * that it wrote to at the checkpoint, which need not be the one that it was opened on.
     *
     * @param streams by their numbers in the checkpoint
     */
    void lead(Map<Integer, Object> streams, Map<Path, FileRecord> waiting) throws FileProblem, IOException {
        Set<Path> missing = new HashSet<>(waiting.keySet());
        for (Map.Entry<Integer, Object> e : streams.entrySet()) {
            for (Sink sink : unled(e.getValue())) {
                Path opened = scratch.real(Path.of(sink.path()));
                if (waiting.containsKey(opened) && writesTo(waiting.get(opened), e.getKey())) {
                    lead(sink, opened, waiting.get(opened));
                    missing.remove(opened);
                }
            }
        }
        for (Path real : Set.copyOf(missing)) {
            for (int number : waiting.get(real).streams()) {
                List<Sink> sinks = streams.containsKey(number) ? unled(streams.get(number)) : List.of();
                if (sinks.size() == 1) {
                    lead(sinks.get(0), real, waiting.get(real));
                    missing.remove(real);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new FileProblem(
                    missing.iterator().next().toString(),
                    "it was open at the checkpoint, and the restarted program has no stream for it yet; open it before the"
                            + " loop, or close it before the step ends");
        }
    }

    private static boolean writesTo(FileRecord record, int stream) {
        return record.streams().contains(stream) || record.streams().stream().allMatch(n -> n == FileRecord.UNNUMBERED);
    }

    /** Returns the open files below a stream that are those it was opened on: scratch files, or files that are gone by now. */
    private List<Sink> unled(Object stream) throws FileProblem {
        return Sink.below(stream).stream()
                .filter(s -> s.path() != null && s.isOpen() && !realOf.containsKey(s.descriptor()))
                .toList();
    }

    private void lead(Sink sink, Path real, FileRecord record) throws IOException {
        FileChannel to = FileChannel.open(real, sink.appends() ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
        to.position(record.length());
        sink.lead(to);
        realOf.put(sink.descriptor(), real);
    }
}
