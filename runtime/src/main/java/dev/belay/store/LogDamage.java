package dev.belay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the commit log and what follows from it, for people. */
final class LogDamage {

    private final CommitLog log;
    private final Inventory inventory;
    private final List<String> lines = new ArrayList<>();

    private LogDamage(CommitLog log, Inventory inventory) {
        this.log = log;
        this.inventory = inventory;
    }

    static List<String> lines(CommitLog log, Inventory inventory) {
        LogDamage damage = new LogDamage(log, inventory);
        damage.records();
        return damage.lines;
    }

    /** Returns what was renamed to be committed and was not, as far as the log knows. */
    static List<String> uncommitted(CommitLog log, Inventory inventory) {
        LogDamage damage = new LogDamage(log, inventory);
        damage.leftOver();
        return damage.lines;
    }

    private void records() {
        long first = 0; // of a row of missing records, or 0
        long last = inventory.lastSeq();
        for (long number = 1; number <= last + 1; number++) {
            String cause = log.damaged().get(number);
            boolean missing =
                    number <= last && cause == null && log.record(number).isEmpty();
            if (missing && first == 0) {
                first = number;
            } else if (!missing && first > 0) {
                missing(first, number - 1);
                first = 0;
            }
            if (cause != null) {
                lines.add("record " + FileNames.record(number) + " is damaged: " + cause + consequence(number));
            }
        }
    }

    private void missing(long first, long last) {
        StringBuilder text = new StringBuilder(
                first == last
                        ? "record " + FileNames.record(first) + " is missing"
                        : "records " + FileNames.record(first) + " to " + FileNames.record(last) + " are missing");
        for (long number = first; number <= last; number++) {
            text.append(consequence(number));
        }
        lines.add(text.toString());
    }

    private String consequence(long number) {
        if (inventory.recovered().contains(number)) {
            return inventory
                    .live(number)
                    .map(l -> "; it committed " + l.committed().directoryName() + ", as a later checkpoint proves")
                    .orElse("");
        }
        return with(number).map(name -> "; " + name + notTaken()).orElse("");
    }

    private static String notTaken() {
        return " may be what it committed: not taken, kept; resume_from_checkpoint=<its path> takes it";
    }

    private Optional<String> with(long seq) {
        return inventory.directories().entrySet().stream()
                .filter(e -> FileNames.isCheckpoint(e.getKey()) && seq(e) == seq)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static long seq(Map.Entry<String, Optional<ManifestFile>> directory) {
        return directory.getValue().map(m -> m.manifest().seq()).orElse(0L);
    }

    /** The newest record may be missing, or an attempt was killed just before it made it: the log cannot tell. */
    private void leftOver() {
        for (Map.Entry<String, Optional<ManifestFile>> d :
                inventory.directories().entrySet()) {
            if (FileNames.isCheckpoint(d.getKey()) && seq(d) > inventory.lastSeq()) {
                lines.add(d.getKey() + " is not committed: a kill came just before, or record "
                        + FileNames.record(seq(d)) + " of the log is missing; it is kept, but not taken;"
                        + " resume_from_checkpoint=<its path> takes it");
            }
        }
    }
}
