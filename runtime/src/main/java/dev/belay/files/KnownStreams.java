package dev.belay.files;

import java.io.Flushable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Streams that the program holds, and the files below them. Guarded by {@link WrittenFiles}. */
final class KnownStreams {

    private final FileStates states;
    private final Scratch scratch;
    private final LedStreams led;

    KnownStreams(FileStates states, Scratch scratch, LedStreams led) {
        this.states = states;
        this.scratch = scratch;
        this.led = led;
    }

    /** Lets a stream write what it holds back; returns whether its files grew. */
    boolean flush(Object stream) throws FileProblem, IOException {
        List<Sink> sinks = Sink.below(stream);
        if (!(stream instanceof Flushable f) || !sinks.stream().allMatch(Sink::isOpen)) {
            return false;
        }
        long before = position(sinks);
        f.flush();
        return position(sinks) != before;
    }

    /** Returns the open files below a stream. */
    List<Path> places(Object stream) throws FileProblem {
        return Sink.below(stream).stream()
                .filter(Sink::isOpen)
                .map(this::placeOf)
                .filter(Objects::nonNull)
                .toList();
    }

    private long position(List<Sink> sinks) throws IOException {
        long sum = 0;
        for (Sink sink : sinks) {
            sum += placeOf(sink) == null ? 0 : sink.position();
        }
        return sum;
    }

    /** Returns why an open stream cannot be continued, as {@code <why>; <what to do>}; empty if it can. */
    Optional<String> refusal(Object stream) {
        try {
            List<Sink> sinks = Sink.below(stream);
            if (sinks.isEmpty()) {
                return Optional.of(
                        "it is open across the loop, and no file is below it; open it inside the loop's body");
            }
            if (stream instanceof FileChannel && sinks.stream().anyMatch(s -> s.isOpen() && !s.appends())) {
                return Optional.of(
                        "it is open across the loop, and may write at any place; open it with APPEND, or write to"
                                + " a stream");
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

    private boolean isKnown(Sink sink) {
        Path given = Path.of(sink.path());
        Path real = Places.real(given);
        return placeOf(sink) != null
                || scratch.real(given) != null
                || (Files.exists(real) && !Files.isRegularFile(real));
    }

    /** Returns the file that a sink writes to; null for one that the program has not opened for writing. */
    Path placeOf(Sink sink) {
        Path real = led.placeOf(sink);
        return real != null && states.known().contains(real) ? real : null;
    }
}
