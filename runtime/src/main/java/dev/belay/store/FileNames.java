package dev.belay.store;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of directories in a store and of files in a checkpoint. */
final class FileNames {

    static final String BELAY = ".belay";
    static final String LOG = "log";
    static final String TEMPORARY = ".tmp-";
    private static final String CHECKPOINT = "checkpoint-";
    private static final String SUPERSEDED = "superseded-";
    private static final String DAMAGED = "damaged-";
    private static final String UNCOMMITTED = "uncommitted-";
    private static final Pattern TEMPORARY_OF = Pattern.compile("\\.tmp-(\\d{1,18})-.*");
    private static final Pattern RECORD = Pattern.compile("(\\d{8,18})\\.json");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    private FileNames() {}

    static String checkpoint(long step) {
        return CHECKPOINT + step;
    }

    /** Returns whether a store makes directories of such names; all others are the user's. */
    static boolean isOurs(String name) {
        return isCheckpoint(name) || isAside(name) || name.startsWith(TEMPORARY);
    }

    /** Returns whether a directory was set aside: such a one is never deleted by itself. */
    static boolean isAside(String name) {
        return name.startsWith(SUPERSEDED) || name.startsWith(DAMAGED) || name.startsWith(UNCOMMITTED);
    }

    static boolean isDamaged(String name) {
        return name.startsWith(DAMAGED);
    }

    static boolean isCheckpoint(String name) {
        return name.startsWith(CHECKPOINT);
    }

    static String superseded(long step, long seq) {
        return SUPERSEDED + step + "." + seq;
    }

    static String damaged(long step, long seq) {
        return DAMAGED + step + "." + seq;
    }

    static String uncommitted(String step, long seq) {
        return UNCOMMITTED + step + "." + seq;
    }

    /** Returns the step in the name of a checkpoint's directory, as text. */
    static String step(String checkpoint) {
        return checkpoint.substring(CHECKPOINT.length());
    }

    /** Names a temporary file or directory of the attempt whose first record has that number. */
    static String temporary(long attemptNumber, String id) {
        return TEMPORARY + attemptNumber + "-" + id;
    }

    /** Returns whether this is a temporary of an attempt before the one given: only those are ours to clean up. */
    static boolean isTemporaryBefore(String name, long attemptNumber) {
        Matcher m = TEMPORARY_OF.matcher(name);
        return m.matches() && Long.parseLong(m.group(1)) < attemptNumber;
    }

    static String record(long number) {
        return String.format(Locale.ROOT, "%08d.json", number);
    }

    /** Returns the number of a log record's file; -1 for any other file. */
    static long recordNumber(String name) {
        Matcher m = RECORD.matcher(name);
        return m.matches() && record(Long.parseLong(m.group(1))).equals(name) ? Long.parseLong(m.group(1)) : -1;
    }

    /** Returns whether a checkpoint's file may have that name: no separator, no way out, nothing hidden. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches() && !name.equals(ManifestFile.NAME);
    }
}
