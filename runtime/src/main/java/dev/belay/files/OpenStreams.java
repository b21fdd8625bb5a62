package dev.belay.files;

import java.io.Flushable;
import java.io.IOException;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/** The streams that write to recorded files at a checkpoint. One use. */
final class OpenStreams {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path FLAGS = Path.of("/proc/self/fdinfo");
    private static final int WAITS = 20;
    private static final long WAIT_NANOS = 5_000_000;

    private final Function<Sink, Path> places;
    private final Set<Path> recorded;
    private final Map<Path, Sink> open = new HashMap<>();
    private final Set<Integer> numbers = new HashSet<>();

    /** @param places finds the recorded file of a sink; null if there is none */
    OpenStreams(Function<Sink, Path> places, Set<Path> recorded) {
        this.places = places;
        this.recorded = recorded;
    }

    /** Lets streams write what they hold back; returns the files that stay open. */
    Map<Path, Sink> flush(Collection<Object> streams) throws FileProblem, IOException {
        for (Object stream : streams) {
            flush(stream, Sink.below(stream));
        }
        for (Object stream : standard()) {
            flush(stream, Sink.below(stream));
        }
        requireAllKnown();
        return open;
    }

    /** Returns stdout and stderr as the program has set them; if one cannot be looked through, what is below it is not known. */
    static List<Object> standard() {
        List<Object> streams = new ArrayList<>();
        for (Object stream : List.of(System.out, System.err)) {
            try {
                Sink.below(stream);
                streams.add(stream);
            } catch (FileProblem e) {
                continue;
            }
        }
        return streams;
    }

    private void flush(Object stream, List<Sink> sinks) throws FileProblem, IOException {
        if (stream instanceof Flushable f && sinks.stream().allMatch(Sink::isOpen)) {
            f.flush();
        }
        for (Sink sink : sinks) {
            Path real = sink.isOpen() ? places.apply(sink) : null;
            if (real != null && numbers.add(Descriptors.number(sink.descriptor()))) {
                Sink other = open.put(real, sink);
                if (other != null && !(other.appends() && sink.appends())) {
                    throw new FileProblem(
                            real.toString(), "two streams write to it; append with both, or write with one of them");
                }
            }
        }
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
        if (recorded.isEmpty() || !Files.isDirectory(DESCRIPTORS)) {
            return Optional.empty();
        }
        List<Path> links = new ArrayList<>();
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            all.forEach(links::add);
        }
        for (Path link : links) {
            int number = Integer.parseInt(link.getFileName().toString());
            if (!numbers.contains(number)) {
                Optional<Path> file = target(link).filter(recorded::contains);
                if (file.isPresent() && isWritable(number)) {
                    return file;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    private static boolean isWritable(int number) throws IOException {
        Path flags = FLAGS.resolve(Integer.toString(number));
        if (!Files.exists(flags)) {
            return false;
        }
        return Files.readAllLines(flags).stream()
                .filter(l -> l.startsWith("flags:"))
                .map(l -> Long.parseLong(l.substring("flags:".length()).strip(), 8))
                .anyMatch(f -> (f & 3) != 0);
    }
}
