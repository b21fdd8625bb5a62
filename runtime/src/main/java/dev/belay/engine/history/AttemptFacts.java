package dev.belay.engine.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an attempt notes of itself beside the log: an attempt that is killed leaves what it noted last.
 *
 * @param host where it runs
 * @param pid its process there, or 0 where unknown
 * @param resumedSeq of the checkpoint that it went on from, or 0
 * @param resumedStep step of that checkpoint; empty if it started anew
 * @param step updates done in the job when it noted this
 * @param seenMillis when it noted this, as of {@link System#currentTimeMillis}; 0 where unknown
 * @param end how it ended; empty while it runs, and if it was killed
 */
public record AttemptFacts(
        String host,
        long pid,
        long resumedSeq,
        OptionalLong resumedStep,
        long step,
        long seenMillis,
        Optional<String> end) {

    /** The program came to its end, or called {@link System#exit}. */
    public static final String EXIT = "exit";

    /** A signal ended it that lets shutdown hooks run. */
    public static final String SIGNAL = "signal";

    /** Belay ended it, with the exit code that follows. */
    public static final String ENDED = "belay ";

    /** Returns the facts as they are written. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", host);
        fields.put("pid", pid);
        fields.put("resumed_seq", resumedSeq);
        fields.put("resumed_step", resumedStep.isPresent() ? resumedStep.getAsLong() : null);
        fields.put("step", step);
        fields.put("seen_millis", seenMillis);
        fields.put("end", end.orElse(null));
        return fields;
    }

    /** Reads what is there: a later version may write more, and an earlier one less. */
    static AttemptFacts of(Map<String, Object> fields) {
        return new AttemptFacts(
                text(fields, "host").orElse(""),
                number(fields, "pid").orElse(0),
                number(fields, "resumed_seq").orElse(0),
                number(fields, "resumed_step"),
                number(fields, "step").orElse(0),
                number(fields, "seen_millis").orElse(0),
                text(fields, "end"));
    }

    private static Optional<String> text(Map<String, Object> fields, String key) {
        return fields.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static OptionalLong number(Map<String, Object> fields, String key) {
        return fields.get(key) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
