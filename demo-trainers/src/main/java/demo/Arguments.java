package demo;

import java.util.Map;
import java.util.TreeMap;

/** A program's arguments of the form {@code key=value}; each has a default, whose kind of value it must keep. */
public final class Arguments {

    private static final int USAGE = 64;

    private final Map<String, String> values = new TreeMap<>();

    /**
     * Overrides the defaults by what the user gave.
     *
     * @param defaults all keys with their defaults, as in {@code "epochs=24 rate=0.1 csv=out.csv"}
     * @throws IllegalArgumentException if a key is unknown, or its value not of its default's kind
     */
    public Arguments(String[] given, String defaults) {
        for (String pair : defaults.split(" ")) {
            values.put(key(pair), value(pair));
        }
        for (String pair : given) {
            String known = pair.contains("=") ? values.get(key(pair)) : null;
            if (known == null) {
                throw new IllegalArgumentException("unknown argument " + pair + "; known are: " + defaults);
            }
            if (!kind(known).equals(kind(value(pair))) && !kind(known).equals("text")) {
                throw new IllegalArgumentException(
                        key(pair) + " needs a " + kind(known) + " like " + known + ", found: " + value(pair));
            }
            values.put(key(pair), value(pair));
        }
    }

    /** As the constructor, but tells a user's mistake in one line and ends the program. */
    public static Arguments orExit(String[] given, String defaults) {
        try {
            return new Arguments(given, defaults);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            throw e; // not reached
        }
    }

    /** Returns the value of a key whose default is a whole number. */
    public int integer(String key) {
        return Integer.parseInt(text(key));
    }

    /** Returns the value of a key whose default is a decimal number. */
    public double decimal(String key) {
        return Double.parseDouble(text(key));
    }

    /** Returns the value of any key. */
    public String text(String key) {
        return values.get(key);
    }

    private static String key(String pair) {
        return pair.substring(0, pair.indexOf('='));
    }

    private static String value(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }

    private static String kind(String value) {
        if (value.matches("\\d{1,9}")) {
            return "whole number";
        }
        return value.matches("\\d{1,9}\\.\\d{1,9}") ? "decimal number" : "text";
    }
}
