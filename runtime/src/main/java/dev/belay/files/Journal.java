package dev.belay.files;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to files between checkpoints, over all attempts in an output_dir: how long they were before the job first
 * opened them, and which contents were put aside. A checkpoint notes how many lines there were, so that those behind it
 * tell what its lost steps did. Lines are only ever added, by one attempt at a time:
 *
 * <pre>
 * job ID            an attempt began that continues none
 * first LENGTH URI  a file is opened for the first time; -1 if there is none
 * kept 0 URI        its content was put aside, under the number of this line
 * end               the job has a checkpoint, or ended by itself
 * </pre>
 */
final class Journal {

    private static final String JOB = "job ";
    private static final String FIRST = "first";
    private static final String KEPT = "kept";
    private static final String END = "end";

    private final Path journal;
    private final List<String> lines = new ArrayList<>();
    /** Of the steps that are lost or, at a fresh start, of the attempts that came to no checkpoint. */
    private final Map<Path, Long> first = new HashMap<>();

    private final Map<Path, List<Integer>> kept = new HashMap<>();
    private final Set<Path> absent = new HashSet<>();
    /** The line of a job of which nothing was to be noted yet. */
    private String begun;
    /** Whether the attempt, if it is killed, is to be started anew. */
    private boolean open;

    Journal(Path journal) {
        this.journal = journal;
    }

    /** Reads it; a line that was torn by a power failure is cut off. */
    private void read() throws IOException {
        lines.clear();
        if (Files.exists(journal)) {
            String text = Files.readString(journal, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            if (end < text.length()) {
                FileRecord.truncate(journal, end);
            }
            lines.addAll(text.substring(0, end).lines().toList());
        }
    }

    /**
     * An attempt starts afresh. It goes on with the job of the attempt before if that was the same and did not end by
     * itself.
     *
     * @param id of the program and its arguments; without line breaks
     * @param always whether it is a job of its own in any case
     */
    void startJob(String id, boolean always) throws IOException {
        read();
        int job = lines.lastIndexOf(JOB + id);
        boolean ended = lines.subList(Math.max(job, 0), lines.size()).stream()
                .skip(1)
                .anyMatch(l -> l.equals(END) || l.startsWith(JOB));
        if (always || job < 0 || ended) {
            job = lines.size();
            begun = JOB + id;
            if (job > 0) {
                write(begun);
            }
        }
        index(job);
        open = true;
    }

    /** An attempt goes on from a checkpoint that noted this {@link #position}. */
    void goOn(int position) throws IOException {
        read();
        if (position >= 0
                && position <= lines.size()) { // else it is another journal, which tells nothing of this checkpoint
            index(position);
            for (String line : lines.subList(0, position)) {
                path(line, FIRST + " " + FileRecord.ABSENT).ifPresent(absent::add);
            }
        }
    }

    private void index(int since) {
        for (int i = since; i < lines.size(); i++) {
            String line = lines.get(i);
            path(line, FIRST).ifPresent(p -> first.putIfAbsent(p, Long.parseLong(line.split(" ")[1])));
            int number = i;
            path(line, KEPT)
                    .ifPresent(
                            p -> kept.computeIfAbsent(p, k -> new ArrayList<>()).add(number));
        }
    }

    private static Optional<Path> path(String line, String kind) {
        return line.startsWith(kind + " ")
                ? Optional.of(Path.of(URI.create(line.substring(line.lastIndexOf(' ') + 1))))
                : Optional.empty();
    }

    /** Returns how many lines there are. */
    int position() {
        return lines.size();
    }

    /**
     * Returns how long files without a record were at the saved position, or at the start of the job, as far as attempts
     * before noted them; {@link FileRecord#ABSENT} where there was none.
     */
    Map<Path, Long> lengthsBefore() {
        Map<Path, Long> all = new HashMap<>(first);
        absent.forEach(p -> all.putIfAbsent(p, FileRecord.ABSENT));
        return all;
    }

    /** Returns the numbers of contents of a file that lost steps put aside, oldest first. */
    List<Integer> kept(Path real) {
        return kept.getOrDefault(real, List.of());
    }

    /** Notes a file that is about to be opened for the first time. */
    void opensFirst(Path real, long length) throws IOException {
        if (first.putIfAbsent(real, length) == null) {
            add(FIRST + " " + length + " " + real.toUri().toASCIIString());
        }
    }

    /** Returns the number of the line that comes next. */
    int next() throws IOException {
        if (begun != null && lines.isEmpty()) {
            write(begun);
        }
        return lines.size();
    }

    /** Notes that the content of a file has been put aside under the number {@link #next}. */
    void putAside(Path real) throws IOException {
        add(KEPT + " 0 " + real.toUri().toASCIIString());
    }

    /** What the job wrote is there to stay if no checkpoint is resumed: it has one, or ended by itself. */
    void end() throws IOException {
        if (open && !lines.isEmpty()) {
            add(END);
        }
        begun = null;
        open = false;
    }

    /** A line MUST be on the disk before what it tells of is done. */
    private void add(String line) throws IOException {
        next();
        write(line);
    }

    private void write(String line) throws IOException {
        Files.createDirectories(journal.getParent());
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        lines.add(line);
    }
}
