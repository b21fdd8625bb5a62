package dev.belay.engine;

import java.util.List;

/**
 * The checkpoints of a directory.
 *
 * @param rows committed ones first, newest first
 * @param logDamage what is wrong with the commit log, one line each
 */
public record Listing(List<CheckpointRow> rows, List<String> logDamage) {

    public Listing {
        rows = List.copyOf(rows);
        logDamage = List.copyOf(logDamage);
    }
}
