package dev.belay.files;

import java.io.FileDescriptor;
import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
     * Finds the streams that go on with the files that were open; each of these MUST have one. A stream takes the file that
     * it wrote to at the checkpoint, which need not be the one that it was opened on.
     *
     * @param streams by their numbers in the checkpoint
     */
    Map<Sink, Path> plan(Map<Integer, Object> streams, Map<Path, FileRecord> waiting) throws FileProblem {
        Map<Sink, Path> plan = new LinkedHashMap<>();
        Set<Path> missing = new HashSet<>(waiting.keySet());
        for (Map.Entry<Integer, Object> e : streams.entrySet()) {
            for (Sink sink : unled(e.getValue())) {
                Path opened = scratch.real(Path.of(sink.path()));
                if (waiting.containsKey(opened) && writesTo(waiting.get(opened), e.getKey())) {
                    plan.put(sink, opened);
                    missing.remove(opened);
                }
            }
        }
        for (Path real : Set.copyOf(missing)) {
            for (int number : waiting.get(real).streams()) {
                List<Sink> sinks = streams.containsKey(number) ? unled(streams.get(number)) : List.of();
                if (sinks.size() == 1 && !plan.containsKey(sinks.get(0))) {
                    plan.put(sinks.get(0), real);
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
        return plan;
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

    /** Lets streams go on at the end of their files. */
    void lead(Map<Sink, Path> plan) throws IOException {
        for (Map.Entry<Sink, Path> e : plan.entrySet()) {
            Sink sink = e.getKey();
            FileChannel to = FileChannel.open(
                    e.getValue(), sink.appends() ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
            to.position(to.size());
            sink.lead(to);
            realOf.put(sink.descriptor(), e.getValue());
        }
    }
}
