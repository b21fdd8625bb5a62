package dev.belay.cli.report;

import dev.belay.engine.history.RunHistory;
import dev.belay.engine.history.SavedCheckpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of checkpoints, newest first.
 *
 * @param older those that are shown on request
 */
record CheckpointRows(List<Row> newest, List<Row> older) {

    private static final int MOST = 30;

    /** @param parent the one that it continues, in words */
    record Row(
            String name,
            String step,
            String epoch,
            String time,
            String size,
            String stall,
            String write,
            long attempt,
            String parent,
            String fate,
            boolean there) {}

    static CheckpointRows of(RunHistory history) {
        Map<Long, String> names = new TreeMap<>();
        history.checkpoints().forEach(c -> names.put(c.seq(), c.name()));
        List<Row> rows = new ArrayList<>();
        history.checkpoints().forEach(c -> rows.add(row(c, names)));
        Collections.reverse(rows);
        int shown = Math.min(MOST, rows.size());
        return new CheckpointRows(rows.subList(0, shown), rows.subList(shown, rows.size()));
    }

    private static Row row(SavedCheckpoint c, Map<Long, String> names) {
        return new Row(
                c.name(),
                Figures.count(c.step()),
                Figures.epoch(c.epoch()),
                Figures.time(c.committed()),
                Figures.size(c.bytes()),
                Figures.millis(c.stallMillis()),
                Figures.millis(c.writeMillis()),
                c.attempt(),
                names.getOrDefault(c.parent(), Figures.UNKNOWN),
                c.fate().word(),
                c.fate() == SavedCheckpoint.Fate.KEPT || c.fate() == SavedCheckpoint.Fate.SUPERSEDED);
    }
}
