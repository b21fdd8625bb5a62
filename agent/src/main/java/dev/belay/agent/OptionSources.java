package dev.belay.agent;

import dev.belay.engine.Option;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Collects what is given: agent string before {@code -Dbelay.key} before {@code BELAY_KEY} before belay.properties. */
final class OptionSources {

    private static final String PROPERTY = "belay.";
    private static final String VARIABLE = "BELAY_";
    private static final String FILE = "belay.properties";

    /** A value as it was written, and where. */
    record Given(String value, String origin) {}

    private final Map<Option, Given> given = new EnumMap<>(Option.class);
    private final List<String> warnings = new ArrayList<>();

    private OptionSources() {}

    static OptionSources read(String agentArgs, Properties system, Map<String, String> env, Path workingDirectory)
            throws BadOption {
        OptionSources sources = new OptionSources();
        for (Map.Entry<String, String> e : AgentString.split(agentArgs).entrySet()) {
            sources.add(e.getKey(), e.getValue(), AgentString.ORIGIN);
        }
        for (String name : system.stringPropertyNames().stream().sorted().toList()) {
            if (name.startsWith(PROPERTY)) {
                sources.add(name.substring(PROPERTY.length()), system.getProperty(name), "in -D" + name);
            }
        }
        for (Map.Entry<String, String> e : new TreeMap<>(env).entrySet()) {
            if (e.getKey().startsWith(VARIABLE)) {
                sources.addVariable(e.getKey(), e.getValue());
            }
        }
        Properties file = load(workingDirectory.resolve(FILE));
        for (String name : file.stringPropertyNames().stream().sorted().toList()) {
            sources.add(name, file.getProperty(name), "in " + FILE);
        }
        return sources;
    }

    private static Properties load(Path file) throws BadOption {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new BadOption("cannot read " + file + " (" + e + "); write lines of key=value in UTF-8");
            }
        }
        return properties;
    }

    private void add(String key, String value, String origin) throws BadOption {
        if (Option.PLANNED.contains(key)) {
            throw new BadOption("option " + key + " " + origin + " is not built yet; remove it");
        }
        Option option = Option.of(key)
                .orElseThrow(() -> new BadOption("unknown option " + key + " " + origin + "; did you mean "
                        + NearestWord.of(key, keys()) + "?"));
        given.putIfAbsent(option, new Given(value, origin));
    }

    /** Other tools may own a name with this prefix, so that an unknown one is no error. */
    private void addVariable(String name, String value) throws BadOption {
        String key = name.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
        boolean known = name.equals(name.toUpperCase(Locale.ROOT))
                && (Option.of(key).isPresent() || Option.PLANNED.contains(key));
        if (known) {
            add(key, value, "in the environment variable " + name);
        } else {
            String nearest = NearestWord.of(key, keys()).toUpperCase(Locale.ROOT);
            warnings.add(
                    "unknown environment variable " + name + " is ignored; did you mean " + VARIABLE + nearest + "?");
        }
    }

    private static List<String> keys() {
        return Arrays.stream(Option.values()).map(Option::key).toList();
    }

    Optional<Given> given(Option option) {
        return Optional.ofNullable(given.get(option));
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
