package dev.belay.engine;

import dev.belay.store.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics of training, or of validation: an entry per step. Of too many, every other one goes, so that a checkpoint stays
 * small however long the run is; what is kept depends on what was reported alone, not on kills.
 */
final class MetricEntries {

    /** About what a curve on a screen can show. */
    static final int MOST = 2_000;

    private final List<LogEntry> entries = new ArrayList<>();
    /** By name, the step of the entry that holds the latest value. */
    private final Map<String, Long> latest = new HashMap<>();

    private long stride = 1;

    void report(String name, double value, long step, double epoch) {
        int last = entries.size() - 1;
        if (last >= 0 && entries.get(last).step() == step) {
            entries.set(last, entries.get(last).with(name, value));
        } else {
            entries.add(new LogEntry(step, epoch, Map.of(name, value)));
        }
        Long before = latest.put(name, step);
        if (before != null && before != step) {
            removeIfSurplus(find(before));
        }
        if (entries.size() > MOST) {
            stride *= 2;
            entries.removeIf(this::isSurplus);
        }
    }

    /** The latest value of a metric is kept at any step. */
    private boolean isSurplus(LogEntry entry) {
        return entry.step() % stride != 0
                && entry.values().keySet().stream().noneMatch(name -> latest.get(name) == entry.step());
    }

    private void removeIfSurplus(int entry) {
        if (isSurplus(entries.get(entry))) {
            entries.remove(entry);
        }
    }

    /** It is among the last ones, for most metrics. */
    private int find(long step) {
        int i = entries.size() - 1;
        while (entries.get(i).step() != step) {
            i--;
        }
        return i;
    }

    Optional<LogEntry> latest(String name) {
        return Optional.ofNullable(latest.get(name)).map(step -> entries.get(find(step)));
    }

    Set<String> names() {
        return Set.copyOf(latest.keySet());
    }

    /** Returns which steps are kept: those that this divides. */
    long stride() {
        return stride;
    }

    List<LogEntry> all() {
        return List.copyOf(entries);
    }

    /** Takes the place of all that was reported so far. */
    void restore(List<LogEntry> saved, long savedStride) {
        entries.clear();
        latest.clear();
        entries.addAll(saved);
        entries.forEach(e -> e.values().keySet().forEach(name -> latest.put(name, e.step())));
        stride = savedStride;
    }

    /** The first epoch has ended: how far in it its entries were is known now. */
    void fillEpochs(long from, long steps, double epochsBefore) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).step() >= from; i--) {
            LogEntry e = entries.get(i);
            if (Double.isNaN(e.epoch())) {
                double epoch = epochsBefore + Math.min(1.0, (double) (e.step() - from) / steps);
                entries.set(i, new LogEntry(e.step(), epoch, e.values()));
            }
        }
    }
}
