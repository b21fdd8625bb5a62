package dev.belay.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One record of the commit log. Fields that a kind has no use for are 0 or empty.
 *
 * @param number its place in the log; of a commit also the checkpoint's seq
 * @param attempt id of the attempt that made it
 * @param nonce tells it from any other record, also one of the same attempt
 * @param seq of the checkpoint it is about
 * @param sha256 of the manifest it commits
 * @param supersedes seq of the checkpoint whose name the committed one has taken, or 0
 * @param info of a started attempt: what the program says about itself; of a commit: what it took. For people, nothing is
 *     decided by it
 */
public record LogRecord(
        long number,
        Kind kind,
        String attempt,
        String nonce,
        Instant time,
        long seq,
        long step,
        long parent,
        String sha256,
        long supersedes,
        Map<String, String> info) {

    /** What a record says. */
    public enum Kind {
        STARTED,
        COMMITTED,
        DELETED,
        SET_ASIDE,
        FINISHED;

        static Kind parse(String text) throws Damage {
            for (Kind kind : values()) {
                if (kind.text().equals(text)) {
                    return kind;
                }
            }
            throw new Damage("found the unknown kind '" + text + "'");
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String FORMAT = "belay log";
    static final long VERSION = 1;

    static LogRecord started(String attempt, Instant time, Map<String, String> info) {
        return new LogRecord(0, Kind.STARTED, attempt, "", time, 0, 0, 0, "", 0, Map.copyOf(info));
    }

    static LogRecord committed(ManifestFile file, Instant time, long supersedes, Map<String, String> info) {
        Manifest m = file.manifest();
        return new LogRecord(
                0,
                Kind.COMMITTED,
                m.attempt(),
                "",
                time,
                m.seq(),
                m.step(),
                m.parent(),
                file.sha256(),
                supersedes,
                Map.copyOf(info));
    }

    static LogRecord about(Kind kind, String attempt, Instant time, long seq, long step) {
        return new LogRecord(0, kind, attempt, "", time, seq, step, 0, "", 0, Map.of());
    }

    LogRecord at(long place, String id) {
        return new LogRecord(place, kind, attempt, id, time, seq, step, parent, sha256, supersedes, info);
    }

    Sealed seal() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("version", VERSION);
        fields.put("number", number);
        fields.put("kind", kind.text());
        fields.put("attempt", attempt);
        fields.put("nonce", nonce);
        fields.put("time", time.toString());
        fields.put("seq", seq);
        fields.put("step", step);
        fields.put("parent", parent);
        fields.put("manifest", sha256);
        fields.put("supersedes", supersedes);
        fields.put("info", new TreeMap<>(info));
        return Sealed.of(fields);
    }

    /** Reads the record that MUST have that number. */
    static LogRecord parse(byte[] text, long number) throws Damage, StoreProblem {
        Fields f = Sealed.check(text).fields();
        if (!f.text("format").equals(FORMAT)) {
            throw new Damage("found format '" + f.text("format") + "', expected '" + FORMAT + "'");
        } else if (f.number("version") != VERSION) {
            throw new StoreProblem("found a commit log of version " + f.number("version") + ", expected version "
                    + VERSION + "; use the version of Belay that wrote it, or another output_dir");
        } else if (f.number("number") != number) {
            throw new Damage("it is record " + f.number("number") + " under another's name");
        }
        return new LogRecord(
                number,
                Kind.parse(f.text("kind")),
                f.text("attempt"),
                f.text("nonce"),
                f.instant("time"),
                f.number("seq"),
                f.number("step"),
                f.number("parent"),
                f.text("manifest"),
                f.number("supersedes"),
                f.texts("info"));
    }
}
