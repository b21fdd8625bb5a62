package dev.belay.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Contents of files that a checkpoint needs, and that the program has moved, deleted, replaced or emptied since. */
final class KeptContents {

    /** The newest checkpoint and the one before it: what older ones need is deleted. */
    private static final int CHECKPOINTS = 2;

    private final Path directory;
    private final Journal journal;
    /** Since the last look at all files: the first content counts. */
    private final Set<Path> keptNow = new HashSet<>();

    private final ArrayDeque<Integer> positions = new ArrayDeque<>();

    KeptContents(Path directory, Journal journal) {
        this.directory = directory;
        this.journal = journal;
    }

    /**
     * Puts a file's content aside.
     *
     * @param inPlace whether the very file is emptied, so that another name for it is not enough
     */
    void keep(Path real, boolean inPlace) throws IOException {
        if (!Files.isRegularFile(real) || !keptNow.add(real)) {
            return;
        }
        Files.createDirectories(directory);
        Path copy = directory.resolve(Integer.toString(journal.next()));
        Files.deleteIfExists(copy);
        if (inPlace || !link(copy, real)) {
            Files.copy(real, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        journal.putAside(real);
    }

    private static boolean link(Path copy, Path real) throws IOException {
        try {
            Files.createLink(copy, real);
            return true;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false; // another file system, or one without links
        }
    }

    /** Returns where the content is that a file had at the saved position, if lost steps put it aside and it is still there. */
    Optional<Path> content(Path real) {
        return journal.kept(real).stream()
                .findFirst() // later ones are of later times
                .map(n -> directory.resolve(Integer.toString(n)))
                .filter(Files::isRegularFile);
    }

    /**
     * Brings a content back to its place, as a copy: what was put aside may be the very file that now has another name,
     * and it is needed again if the attempt is killed.
     */
    static void bringBack(Path content, Path real) throws IOException {
        Files.createDirectories(real.getParent());
        Path beside = real.resolveSibling("." + real.getFileName() + ".belay");
        Files.copy(content, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
    }

    /** All files have been looked at. */
    void looked() {
        keptNow.clear();
    }

    /** The checkpoint that noted this position of the journal is resumed. */
    void goOn(int position) {
        positions.add(position);
    }

    /** A checkpoint that noted this position of the journal is committed: contents that older ones need go. */
    void committed(int position) throws IOException {
        positions.add(position);
        if (positions.size() > CHECKPOINTS) {
            positions.poll();
        }
        if (!Files.isDirectory(directory)) {
            return;
        }
        int oldest = positions.size() < CHECKPOINTS ? 0 : positions.peek();
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> old = all.filter(p -> Integer.parseInt(p.getFileName().toString()) < oldest)
                    .toList();
            for (Path p : old) {
                Files.deleteIfExists(p);
            }
        }
    }
}
