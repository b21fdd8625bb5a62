package dev.belay.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which checkpoints were the last of a run that came to its end. */
final class FinalCheckpoints {

    private FinalCheckpoints() {}

    /** @param records of the log, in their order */
    static Set<Long> of(Collection<LogRecord> records) {
        Map<String, LogRecord> last = new HashMap<>();
        Set<Long> ended = new HashSet<>();
        for (LogRecord r : records) {
            LogRecord committed = last.get(r.attempt());
            if (r.kind() == LogRecord.Kind.COMMITTED) {
                last.put(r.attempt(), r);
            } else if (r.kind() == LogRecord.Kind.FINISHED && committed != null && committed.step() == r.step()) {
                ended.add(committed.seq());
            }
        }
        return ended;
    }
}
