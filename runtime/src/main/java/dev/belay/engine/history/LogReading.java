package dev.belay.engine.history;

import dev.belay.engine.history.SavedCheckpoint.Fate;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Entry;
import dev.belay.store.LogRecord;
import dev.belay.store.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads attempts and checkpoints out of the commit log and of what attempts have noted beside it. */
final class LogReading {

    private final CheckpointStore store;
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final List<LogRecord> starts = new ArrayList<>();
    private final List<LogRecord> commits = new ArrayList<>();
    private final Map<Long, Fate> gone = new HashMap<>();
    private final Map<String, LogRecord> finished = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private List<SavedCheckpoint> checkpoints = List.of();
    private List<PastAttempt> attempts = List.of();

    private LogReading(CheckpointStore store) {
        this.store = store;
    }

    static LogReading of(CheckpointStore store) throws IOException {
        LogReading reading = new LogReading(store);
        store.records().forEach(reading::sort);
        for (Entry entry : store.entries()) {
            entry.manifest().ifPresent(m -> reading.entries.put(m.seq(), entry));
        }
        reading.checkpoints = reading.commits.stream().map(reading::checkpoint).toList();
        reading.attempts =
                new AttemptReading(reading.starts, reading.checkpoints, reading.finished.keySet()).with(store.notes());
        return reading;
    }

    private void sort(LogRecord r) {
        switch (r.kind()) {
            case STARTED -> {
                starts.add(r);
                ordinals.put(r.attempt(), starts.size());
            }
            case COMMITTED -> commits.add(r);
            case DELETED -> gone.put(r.seq(), Fate.DELETED);
            case SET_ASIDE -> gone.put(r.seq(), Fate.DAMAGED);
            case FINISHED -> finished.put(r.attempt(), r);
        }
    }

    private SavedCheckpoint checkpoint(LogRecord commit) {
        Optional<Entry> entry = Optional.ofNullable(entries.get(commit.seq()));
        Optional<Manifest> manifest = entry.flatMap(Entry::manifest);
        OptionalDouble epoch = real(commit, CommitRemarks.EPOCH);
        return new SavedCheckpoint(
                entry.map(Entry::directoryName).orElse("checkpoint-" + commit.step()),
                commit.seq(),
                commit.parent(),
                commit.step(),
                epoch.isPresent() || manifest.isEmpty()
                        ? epoch
                        : known(manifest.get().epoch()),
                ordinals.getOrDefault(commit.attempt(), 0),
                commit.time(),
                whole(commit, CommitRemarks.BYTES, manifest.map(Manifest::bytes)),
                whole(commit, CommitRemarks.SHARED_BYTES, Optional.empty()),
                real(commit, CommitRemarks.STALL_MILLIS),
                real(commit, CommitRemarks.WRITE_MILLIS),
                fate(commit, entry));
    }

    private static OptionalDouble known(double epoch) {
        return Double.isNaN(epoch) ? OptionalDouble.empty() : OptionalDouble.of(epoch);
    }

    private Fate fate(LogRecord commit, Optional<Entry> entry) {
        if (gone.containsKey(commit.seq())) {
            return gone.get(commit.seq());
        }
        return entry.map(e -> e.standing() == Entry.Standing.SUPERSEDED ? Fate.SUPERSEDED : Fate.KEPT)
                .orElse(Fate.MISSING);
    }

    /** Whoever wrote a log that this version can read may have remarked other things. */
    private static OptionalDouble real(LogRecord commit, String key) {
        try {
            String text = commit.info().get(key);
            return text == null ? OptionalDouble.empty() : known(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalLong whole(LogRecord commit, String key, Optional<Long> otherwise) {
        OptionalDouble found = real(commit, key);
        if (found.isPresent()) {
            return OptionalLong.of((long) found.getAsDouble());
        }
        return otherwise.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    String program() {
        return starts.isEmpty() ? "" : starts.get(starts.size() - 1).info().getOrDefault("main", "");
    }

    List<SavedCheckpoint> checkpoints() {
        return checkpoints;
    }

    List<PastAttempt> attempts() {
        return attempts;
    }
}
