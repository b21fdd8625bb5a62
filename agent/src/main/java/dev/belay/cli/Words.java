package dev.belay.cli;

import dev.belay.engine.CheckpointRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {

    private Words() {}

    static String size(long bytes) {
        if (bytes < 0) {
            return "?";
        } else if (bytes < 1_000) {
            return bytes + " B";
        } else if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        } else if (bytes < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /** A clock that was set back makes an age negative; it is shown as none. */
    static String age(Instant created, Instant now) {
        if (created == null) {
            return "?";
        }
        long seconds = Math.max(0, Duration.between(created, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        } else if (seconds < 2 * 3_600) {
            return seconds / 60 + " min";
        } else if (seconds < 2 * 86_400) {
            return seconds / 3_600 + " h";
        }
        return seconds / 86_400 + " d";
    }

    static String number(long number) {
        return number == CheckpointRow.UNKNOWN ? "?" : Long.toString(number);
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    static String epoch(double epoch) {
        return Double.isNaN(epoch) ? "-" : String.format(Locale.ROOT, "%.2f", epoch);
    }
}
