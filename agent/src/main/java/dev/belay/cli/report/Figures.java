package dev.belay.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as they are read on the page. */
final class Figures {

    static final String UNKNOWN = "–";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};
    private static final double THOUSAND = 1e3;
    private static final int MANY = 100_000;

    private Figures() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= THOUSAND && unit < SIZES.length - 1) {
            size /= THOUSAND;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
    }

    static String size(OptionalLong bytes) {
        return bytes.isPresent() ? size(bytes.getAsLong()) : UNKNOWN;
    }

    static String millis(double millis) {
        if (millis == 0) {
            return "0 ms";
        }
        if (millis < THOUSAND) {
            return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
        }
        return millis < 100 * THOUSAND
                ? String.format(Locale.ROOT, "%.1f s", millis / THOUSAND)
                : duration(Duration.ofMillis((long) millis));
    }

    static String millis(OptionalDouble millis) {
        return millis.isPresent() ? millis(millis.getAsDouble()) : UNKNOWN;
    }

    static String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / THOUSAND);
        } else if (seconds < 2 * 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        } else if (seconds < 2 * 86_400) {
            return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Returns a metric's value in as many digits as tell something. */
    static String value(double value) {
        double magnitude = Math.abs(value);
        if (value == Math.rint(value) && magnitude < MANY) {
            return Long.toString((long) value);
        }
        return magnitude >= 1e-3 && magnitude < MANY
                ? trimmed(String.format(Locale.ROOT, magnitude < 1 ? "%.5f" : "%.4f", value))
                : String.format(Locale.ROOT, "%.3e", value);
    }

    private static String trimmed(String decimals) {
        return decimals.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    static String epoch(OptionalDouble epoch) {
        return epoch.isPresent() ? String.format(Locale.ROOT, "%.2f", epoch.getAsDouble()) : UNKNOWN;
    }

    /** Returns a place on an axis in percent. */
    static String percent(double share) {
        return trimmed(String.format(Locale.ROOT, "%.3f", 100 * share));
    }
}
