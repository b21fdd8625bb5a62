package dev.belay.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The attempt that began last.
 *
 * @param id what names it
 * @param started when it began
 * @param info what it said about itself then
 * @param finished whether it came to its end; if not, it runs or was killed
 */
public record LastAttempt(String id, Instant started, Map<String, String> info, boolean finished) {

    /** What is said of an attempt whose record cannot be read. */
    private static final String UNKNOWN = "unknown";

    static Optional<LastAttempt> of(CommitLog log) {
        if (log.last() == 0) {
            return Optional.empty();
        }
        LogRecord start = null;
        boolean finished = false;
        for (LogRecord r : log.records()) {
            if (r.kind() == LogRecord.Kind.STARTED) {
                start = r;
                finished = false;
            } else if (r.kind() == LogRecord.Kind.FINISHED) {
                finished = true;
            }
        }
        if (start == null || log.lostAfter(start.number())) {
            return Optional.of(new LastAttempt(UNKNOWN, Instant.EPOCH, Map.of(), false)); // its record may be lost
        }
        return Optional.of(new LastAttempt(start.attempt(), start.time(), start.info(), finished));
    }
}
