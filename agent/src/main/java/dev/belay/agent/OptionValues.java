package dev.belay.agent;

import dev.belay.engine.AcceptedChanges;
import dev.belay.engine.Log;
import dev.belay.engine.ResumeMode;
import dev.belay.engine.SaveSteps;
import dev.belay.engine.SaveStrategy;
import dev.belay.loop.MethodPattern;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values from their text. Each method throws {@link BadValue} with what is wrong. */
final class OptionValues {

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern SHARE = Pattern.compile("0?\\.[0-9]*[1-9][0-9]*");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})(ms|[smh])");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([mg])");
    private static final Pattern METHOD = Pattern.compile("([^\\s#:/]+)#([^\\s#:./]+)(?::([^:]*))?");
    private static final Duration LONGEST = Duration.ofDays(365);

    /** The text is no value of the option. */
    static final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;

        BadValue(String message) {
            super(message);
        }
    }

    private OptionValues() {}

    static SaveSteps steps(String text) throws BadValue {
        if (SHARE.matcher(text).matches()) {
            return SaveSteps.share(new BigDecimal(text));
        } else if (!COUNT.matcher(text).matches()) {
            throw new BadValue("write digits only, such as 500, or a share such as 0.1");
        }
        return SaveSteps.of(Long.parseLong(text));
    }

    static OptionalInt limit(String text) throws BadValue {
        if (text.equals("none")) {
            return OptionalInt.empty();
        } else if (!COUNT.matcher(text).matches()) {
            throw new BadValue("write digits only, such as 3, or none");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    static Duration duration(String text) throws BadValue {
        Matcher m = DURATION.matcher(text);
        if (!m.matches()) {
            throw new BadValue("write digits and one of ms, s, m, h");
        }
        long amount = Long.parseLong(m.group(1));
        Duration duration = switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new BadValue("write at most a year");
        }
        return duration;
    }

    /** Reads a size in bytes; empty for {@code auto}. */
    static OptionalLong memory(String text) throws BadValue {
        if (text.equals("auto")) {
            return OptionalLong.empty();
        }
        Matcher m = SIZE.matcher(text);
        if (!m.matches()) {
            throw new BadValue("write digits and one of m, g, or auto");
        }
        return OptionalLong.of(Long.parseLong(m.group(1)) << (m.group(2).equals("m") ? 20 : 30));
    }

    static Path path(String text) throws BadValue {
        try {
            if (!text.isBlank()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw new BadValue(e.getReason());
        }
        throw new BadValue("it is empty");
    }

    static ResumeMode resume(String text) throws BadValue {
        String lower = text.toLowerCase(Locale.ROOT);
        if (Set.of("auto", "true", "false").contains(lower) && !lower.equals(text)) {
            throw new BadValue("did you mean " + lower + "?");
        }
        path(text);
        return ResumeMode.of(text);
    }

    static SaveStrategy strategy(String text) throws BadValue {
        Set<String> words = new LinkedHashSet<>(List.of(text.split("\\+", -1)));
        if (words.contains("best")) {
            throw new BadValue("best is not built yet");
        }
        for (String word : words) {
            word(word, SaveStrategy.WORDS);
        }
        if (words.contains("no") && words.size() > 1) {
            throw new BadValue("no cannot be joined with others");
        }
        return SaveStrategy.of(words);
    }

    static Set<String> inexact(String text) throws BadValue {
        Set<String> words = new LinkedHashSet<>(List.of(text.split("\\+", -1)));
        for (String word : words) {
            word(word, List.of("cpu", "jdk"));
        }
        return words;
    }

    static AcceptedChanges changes(String text) throws BadValue {
        if (text.equals("all")) {
            return AcceptedChanges.ALL;
        }
        List<String> names = List.of(text.split("\\+", -1));
        if (names.contains("") || names.contains("all") || names.contains("none")) {
            throw new BadValue("all stands alone, and no name is empty");
        }
        return new AcceptedChanges(false, new LinkedHashSet<>(names));
    }

    static boolean truth(String text) throws BadValue {
        return word(text, List.of("true", "false")).equals("true");
    }

    static boolean exits(String text) throws BadValue {
        return word(text, List.of("warn", "exit")).equals("exit");
    }

    static boolean clock(String text) throws BadValue {
        return word(text, List.of("continue", "real")).equals("continue");
    }

    static boolean files(String text) throws BadValue {
        return word(text, List.of("continue", "leave")).equals("continue");
    }

    static boolean status(String text) throws BadValue {
        return word(text, List.of("auto", "off")).equals("auto");
    }

    static Log.Level level(String text) throws BadValue {
        List<String> names = Arrays.stream(Log.Level.values())
                .map(l -> l.name().toLowerCase(Locale.ROOT))
                .toList();
        return Log.Level.valueOf(word(text, names).toUpperCase(Locale.ROOT));
    }

    /** Reads {@code Class#method[:depth]}; without a depth it is the outermost loop. */
    static List<MethodPattern> loops(String text) throws BadValue {
        List<MethodPattern> patterns = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            Matcher m = method(part);
            int depth = m.group(3) == null ? 1 : depth(m.group(3));
            patterns.add(new MethodPattern(m.group(1), m.group(2), OptionalInt.of(depth)));
        }
        return List.copyOf(patterns);
    }

    private static int depth(String text) throws BadValue {
        if (!COUNT.matcher(text).matches()) {
            throw new BadValue("found the depth '" + text + "', write a whole number from 1");
        }
        return Integer.parseInt(text);
    }

    /** Reads {@code Class#method}. */
    static List<MethodPattern> methods(String text) throws BadValue {
        List<MethodPattern> patterns = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            Matcher m = method(part);
            if (m.group(3) != null) {
                throw new BadValue("only loop= takes a depth");
            }
            patterns.add(new MethodPattern(m.group(1), m.group(2), OptionalInt.empty()));
        }
        return List.copyOf(patterns);
    }

    private static Matcher method(String text) throws BadValue {
        Matcher m = METHOD.matcher(text);
        if (!m.matches()) {
            throw new BadValue("'" + text + "' names no method; write package.Class#method");
        }
        return m;
    }

    private static String word(String text, List<String> words) throws BadValue {
        if (!words.contains(text)) {
            throw new BadValue("did you mean " + NearestWord.of(text, words) + "?");
        }
        return text;
    }
}
