package dev.belay.files;

import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** The streams that write to recorded files at a checkpoint. One use. */
final class OpenStreams {

    private static final int STDOUT = -1;
    private static final int STDERR = -2;
    private static final int WAITS = 20;
    private static final long WAIT_NANOS = 5_000_000;

    private final Function<Sink, Path> places;
    private final Set<Path> recorded;
    private final Map<Path, Open> open = new HashMap<>();
    private final Set<Integer> numbers = new HashSet<>();

    /**
     * An open file.
     *
     * @param streams numbers of the streams that lead to it
     */
    record Open(Sink sink, List<Integer> streams) {}

    /** @param places finds the recorded file of a sink; null if there is none */
    OpenStreams(Function<Sink, Path> places, Set<Path> recorded) {
        this.places = places;
        this.recorded = recorded;
    }

    /**
     * Lets streams write what they hold back.
     *
     * @param streams with their numbers in the checkpoint
     * @return the files that stay open
     */
    Map<Path, Open> flush(Map<Object, Integer> streams) throws FileProblem, IOException {
        for (Map.Entry<Object, Integer> e : streams.entrySet()) {
            flush(e.getKey(), e.getValue());
        }
        for (Map.Entry<Integer, Object> e : standard().entrySet()) {
            flush(e.getValue(), e.getKey());
        }
        requireAllKnown();
        return open;
    }

    /** Returns stdout and stderr as the program has set them; if one cannot be looked through, what is below it is not known. */
    static Map<Integer, Object> standard() {
        Map<Integer, Object> streams = new TreeMap<>();
        Map.of(STDOUT, System.out, STDERR, System.err).forEach((number, stream) -> {
            try {
                Sink.below(stream);
                streams.put(number, stream);
            } catch (FileProblem e) {
                streams.remove(number);
            }
        });
        return streams;
    }

    private void flush(Object stream, int number) throws FileProblem, IOException {
        List<Sink> sinks = Sink.below(stream);
        if (stream instanceof Flushable f && sinks.stream().allMatch(Sink::isOpen)) {
            f.flush();
        }
        for (Sink sink : sinks) {
            Path real = sink.isOpen() ? places.apply(sink) : null;
            if (real != null) {
                add(real, sink, number);
            }
        }
    }

    private void add(Path real, Sink sink, int number) throws FileProblem {
        boolean another = numbers.add(Descriptors.number(sink.descriptor()));
        Open known = open.computeIfAbsent(real, r -> new Open(sink, new ArrayList<>()));
        if (another && known.sink() != sink && !(known.sink().appends() && sink.appends())) {
            throw new FileProblem(
                    real.toString(), "two streams write to it; append with both, or write with one of them");
        }
        known.streams().add(number);
    }

    /** A stream that is open and not part of the saved state might hold back what it was given. */
    private void requireAllKnown() throws FileProblem, IOException {
        Optional<Path> unknown = unknown();
        if (unknown.isPresent()) {
            System.gc(); // a stream that nobody holds any more is closed by its cleaner
        }
        for (int i = 0; unknown.isPresent() && i < WAITS; i++) {
            LockSupport.parkNanos(WAIT_NANOS);
            unknown = unknown();
        }
        if (unknown.isPresent()) {
            throw new FileProblem(
                    unknown.get().toString(),
                    "a stream to it is open that Belay does not find in what it saves; close it, or keep it in a local or a"
                            + " field of the program");
        }
    }

    private Optional<Path> unknown() throws IOException {
        Map<Integer, Path> writable = OpenDescriptors.writable(recorded::contains);
        writable.keySet().removeAll(numbers);
        return writable.values().stream().findFirst();
    }
}
