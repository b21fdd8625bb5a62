package dev.belay.engine;

import dev.belay.store.Committed;
import java.util.ArrayList;
import java.util.List;

/** The checkpoints that led to one: only these are subject to retention. */
final class Lineage {

    private Lineage() {}

    /** Returns the checkpoint with that seq and its ancestors that still exist, newest first. */
    static List<Committed> of(List<Committed> newestFirst, long seq) {
        List<Committed> line = new ArrayList<>();
        long wanted = seq;
        for (Committed c : newestFirst) {
            if (c.seq() == wanted) {
                line.add(c);
                wanted = c.parent();
            }
        }
        return line;
    }
}
