package dev.belay.engine.history;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the commit log says of a checkpoint besides that it is committed: the numbers of a report. */
public final class CommitRemarks {

    static final String EPOCH = "epoch";
    static final String BYTES = "bytes";
    static final String SHARED_BYTES = "shared_bytes";
    static final String STALL_MILLIS = "stall_ms";
    static final String WRITE_MILLIS = "write_ms";
    private static final double NANOS_PER_MILLI = 1e6;

    private CommitRemarks() {}

    /**
     * Returns them as text.
     *
     * @param epoch NaN where unknown
     */
    public static Map<String, String> of(double epoch, long bytes, long sharedBytes, long stallNanos, long writeNanos) {
        Map<String, String> remarks = new TreeMap<>();
        if (!Double.isNaN(epoch)) {
            remarks.put(EPOCH, Double.toString(epoch));
        }
        remarks.put(BYTES, Long.toString(bytes));
        remarks.put(SHARED_BYTES, Long.toString(sharedBytes));
        remarks.put(STALL_MILLIS, millis(stallNanos));
        remarks.put(WRITE_MILLIS, millis(writeNanos));
        return remarks;
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MILLI);
    }
}
