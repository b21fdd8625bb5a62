package dev.belay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the log says, matched with the directories there are. A committed checkpoint is found by its manifest, whatever
 * its directory is called: an attempt may have been killed, or fenced, between any two renames.
 */
final class Inventory {

    /**
     * A committed checkpoint.
     *
     * @param properName what its directory should be called
     * @param directory what it is called; empty if there is none
     */
    record Live(LogRecord commit, String properName, Optional<String> directory) {
        Committed committed() {
            return new Committed(
                    directory.orElse(properName),
                    commit.seq(),
                    commit.parent(),
                    commit.step(),
                    commit.attempt(),
                    commit.sha256());
        }
    }

    private final CommitLog log;
    private final Map<String, Optional<ManifestFile>> directories = new TreeMap<>();
    private final Map<Long, LogRecord> commits = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableSet<Long> recovered = new TreeSet<>();
    private final Set<Long> superseded = new HashSet<>();
    private final Map<Long, LogRecord.Kind> gone = new HashMap<>();
    private final List<Live> live = new ArrayList<>();

    /** Reads the directories' manifests. The log MUST be fresh. */
    Inventory(Path root, CommitLog log) throws IOException {
        this.log = log;
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (FileNames.isOurs(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.put(name, manifest(entry));
                }
            }
        }
        for (LogRecord r : log.records()) {
            switch (r.kind()) {
                case COMMITTED -> {
                    commits.put(r.seq(), r);
                    superseded.add(r.supersedes());
                }
                case DELETED, SET_ASIDE -> gone.put(r.seq(), r.kind());
                case STARTED, FINISHED -> {}
            }
        }
        recover();
        commits.values().stream().filter(c -> !gone.containsKey(c.seq())).forEach(c -> add(live(c)));
    }

    /** Without a directory there is nothing to take, and a lost record may have said that it was deleted. */
    private void add(Live checkpoint) {
        if (checkpoint.directory().isPresent()
                || !log.lostAfter(checkpoint.commit().seq())) {
            live.add(checkpoint);
        }
    }

    private static Optional<ManifestFile> manifest(Path directory) {
        try {
            return Optional.of(ManifestFile.read(directory));
        } catch (Damage | IOException e) {
            return Optional.empty(); // a verification will say why
        }
    }

    /**
     * A checkpoint whose commit record is lost was committed all the same if another one names it as its parent: only
     * committed checkpoints are continued.
     */
    private void recover() {
        Set<Long> parents = new HashSet<>();
        commits.values().forEach(c -> parents.add(c.parent()));
        directories
                .values()
                .forEach(d -> d.ifPresent(m -> parents.add(m.manifest().parent())));
        for (Optional<ManifestFile> found : directories.values()) {
            found.filter(m -> parents.contains(m.manifest().seq()))
                    .filter(m -> log.record(m.manifest().seq()).isEmpty())
                    .ifPresent(m -> {
                        commits.put(
                                m.manifest().seq(),
                                LogRecord.committed(m, m.manifest().created(), 0, Map.of()));
                        recovered.add(m.manifest().seq());
                    });
        }
    }

    private Live live(LogRecord commit) {
        String plain = FileNames.checkpoint(commit.step());
        String aside = FileNames.superseded(commit.step(), commit.seq());
        String proper = superseded.contains(commit.seq()) ? aside : plain;
        return new Live(commit, proper, find(commit, List.of(proper, aside)));
    }

    /**
     * Finds a checkpoint's directory by its manifest; one whose manifest is no longer readable by the names that it may
     * have.
     */
    Optional<String> find(LogRecord commit, List<String> names) {
        List<String> all = new ArrayList<>(names);
        directories.keySet().stream().filter(n -> !FileNames.isDamaged(n)).forEach(all::add);
        Optional<String> same =
                all.stream().filter(n -> holds(n, commit.sha256())).findFirst();
        return same.isPresent() ? same : names.stream().filter(this::unclaimed).findFirst();
    }

    private boolean holds(String name, String sha256) {
        return directories
                .getOrDefault(name, Optional.empty())
                .filter(m -> m.sha256().equals(sha256))
                .isPresent();
    }

    private boolean unclaimed(String name) {
        return directories.containsKey(name)
                && directories.get(name).isEmpty()
                && liveIn(name).isEmpty();
    }

    /** Returns the committed checkpoints that are neither deleted nor set aside, newest first. */
    List<Live> live() {
        return live;
    }

    Optional<Live> live(long seq) {
        return live.stream().filter(l -> l.commit().seq() == seq).findFirst();
    }

    /** Returns those of a line of descent, newest first. A deleted one has no gap behind it, a lost record ends the line. */
    List<Live> lineage(long seq) {
        List<Live> line = new ArrayList<>();
        Optional<LogRecord> commit = commit(seq);
        while (commit.isPresent()) {
            long at = commit.get().seq();
            long parent = commit.get().parent();
            live(at).ifPresent(line::add);
            commit = parent < at ? commit(parent) : Optional.empty();
        }
        return line;
    }

    /** Returns the committed checkpoint that is in a directory. */
    Optional<Live> liveIn(String directory) {
        return live.stream()
                .filter(l -> l.directory().equals(Optional.of(directory)))
                .findFirst();
    }

    Optional<LogRecord> commit(long seq) {
        return Optional.ofNullable(commits.get(seq));
    }

    /** Returns the seqs of those whose commit record is lost, but proven by a later checkpoint. */
    NavigableSet<Long> recovered() {
        return recovered;
    }

    /** Returns the highest seq that a checkpoint is known to have or to have had. */
    long lastSeq() {
        return recovered.isEmpty() ? log.last() : Math.max(log.last(), recovered.last());
    }

    /** Returns the names of our directories, each with its manifest where that is readable. */
    Map<String, Optional<ManifestFile>> directories() {
        return directories;
    }

    /** Returns whether a directory may be a checkpoint that was committed, as far as the log can still tell. */
    boolean mayBeCommitted(String directory) {
        return liveIn(directory).isPresent()
                || directories
                        .getOrDefault(directory, Optional.empty())
                        .filter(m -> log.lost(m.manifest().seq()))
                        .isPresent();
    }
}
