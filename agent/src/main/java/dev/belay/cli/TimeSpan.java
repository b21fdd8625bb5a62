package dev.belay.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 90m}, {@code 2d}, {@code 1d12h}. */
final class TimeSpan {

    private static final Pattern ALL = Pattern.compile("([0-9]{1,6}[smhdw])+");
    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([smhdw])");

    private TimeSpan() {}

    /** Returns the time; empty if it is none. */
    static Optional<Duration> parse(String text) {
        if (!ALL.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (Matcher m = PART.matcher(text); m.find(); ) {
            long amount = Long.parseLong(m.group(1));
            sum = sum.plus(
                    switch (m.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        case "d" -> Duration.ofDays(amount);
                        default -> Duration.ofDays(7 * amount);
                    });
        }
        return Optional.of(sum);
    }
}
