package dev.belay.agent;

import dev.belay.engine.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code key=value,key=value}. A value may contain commas: an entry begins at a comma that {@code name=} follows. */
final class AgentString {

    static final String ORIGIN = "in the -javaagent options";

    private static final Pattern BORDER = Pattern.compile(",(?=\\w+=)");

    private AgentString() {}

    /** Splits; keys are not checked yet. Null stands for no options. */
    static Map<String, String> split(String text) throws BadOption {
        Map<String, String> entries = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return entries;
        }
        for (String entry : BORDER.split(text, -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new BadOption("found '" + entry + "' " + ORIGIN + ", expected key=value,key=value");
            }
            String key = entry.substring(0, equals);
            String value = entry.substring(equals + 1);
            checkTail(key, value);
            if (entries.put(key, value) != null) {
                throw new BadOption(key + " is given twice " + ORIGIN + "; leave one of them");
            }
        }
        return entries;
    }

    /** An option that lost its value, or a comma too many, would otherwise become part of the value before it. */
    private static void checkTail(String key, String value) throws BadOption {
        String tail = value.substring(value.lastIndexOf(',') + 1);
        if (value.endsWith(",")) {
            throw new BadOption(key + " " + ORIGIN + " ends with a comma; write key=value,key=value");
        } else if (value.contains(",") && Option.of(tail).isPresent()) {
            throw new BadOption(tail + " has no value " + ORIGIN + "; write " + tail + "=value");
        }
    }
}
