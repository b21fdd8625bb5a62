package dev.belay.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code training_args.json}: how the program was called, and the options in force. */
public final class TrainingArgs {

    /** The file's name. */
    public static final String FILE = "training_args.json";

    /**
     * An option in force.
     *
     * @param value as it was written
     * @param origin where it was written, for people
     */
    public record Given(String value, String origin) {}

    private TrainingArgs() {}

    /**
     * Returns the text.
     *
     * @param arguments of the program
     * @param jdk which one runs it, for people
     * @param options all, by their keys
     */
    public static String of(String mainClass, List<String> arguments, String jdk, Map<String, Given> options) {
        Map<String, Object> all = new TreeMap<>();
        options.forEach(
                (key, given) -> all.put(key, new TreeMap<>(Map.of("value", given.value(), "from", given.origin()))));
        Map<String, Object> text = new TreeMap<>();
        text.put("main_class", mainClass);
        text.put("arguments", arguments);
        text.put("jdk", jdk);
        text.put("options", all);
        return Json.write(text) + "\n";
    }
}
