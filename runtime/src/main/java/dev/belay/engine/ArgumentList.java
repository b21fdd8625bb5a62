package dev.belay.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a program was called with, as one line in a fingerprint, and by name. */
final class ArgumentList {

    /**
     * An argument that two calls differ in.
     *
     * @param name its key, {@code -Dkey} for a property of the JVM, or {@code args[3]}
     * @param was its value in the saved run; null if it had none
     * @param is its value now; null if it has none
     */
    record Change(String name, String was, String is) {

        String text() {
            return name + (is == null ? " is absent" : "=" + is) + " (saved: " + (was == null ? "absent" : was) + ")";
        }
    }

    private ArgumentList() {}

    /** Joins by spaces; those within arguments are escaped, so that no two lists have the same text. */
    static String text(List<String> arguments) {
        List<String> escaped = arguments.stream()
                .map(a -> a.isEmpty() ? "\\e" : a.replace("\\", "\\\\").replace(" ", "\\s"))
                .toList();
        return String.join(" ", escaped);
    }

    static List<String> of(String text) {
        List<String> arguments = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(" ")) {
            StringBuilder argument = new StringBuilder();
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (c == '\\' && i + 1 < word.length()) {
                    char escaped = word.charAt(++i);
                    argument.append(escaped == 's' ? " " : escaped == 'e' ? "" : escaped);
                } else {
                    argument.append(c);
                }
            }
            arguments.add(argument.toString());
        }
        return arguments;
    }

    /** Returns what differs, in the order of the names; nothing only if the lists are equal. */
    static List<Change> changes(List<String> was, List<String> is) {
        Map<String, String> before = byName(was);
        Map<String, String> now = byName(is);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String old = before.get(name);
            if (old == null ? now.get(name) != null : !old.equals(now.get(name))) {
                changes.add(new Change(name, old, now.get(name)));
            }
        }
        if (changes.isEmpty() && !was.equals(is)) {
            changes.add(new Change("args", text(was), text(is))); // the same ones in another order
        }
        return changes;
    }

    /** Names {@code key=value}, {@code --key=value} and {@code --key value}; all others have their place. */
    private static Map<String, String> byName(List<String> arguments) {
        Map<String, String> named = new LinkedHashMap<>();
        int place = 0;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals > 0 ? argument.substring(0, equals) : "args[" + place + "]";
            String value = equals > 0 ? argument.substring(equals + 1) : argument;
            if (!argument.startsWith("-D")) {
                place++;
                boolean option = equals < 0 && argument.startsWith("-") && argument.length() > 1;
                if (option && i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
                    name = argument;
                    value = arguments.get(++i);
                    place++;
                }
                name = name.replaceFirst("^--?", "");
            }
            String free = name;
            for (int n = 2; named.containsKey(free); n++) {
                free = name + "#" + n;
            }
            named.put(free, value);
        }
        return named;
    }
}
