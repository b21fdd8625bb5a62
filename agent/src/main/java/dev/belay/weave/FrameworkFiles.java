package dev.belay.weave;

import dev.belay.loop.Framework;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Reads the descriptors of frameworks: {@code META-INF/belay/frameworks} names them, one file each. */
public final class FrameworkFiles {

    private static final String ROOM = "META-INF/belay/";

    private FrameworkFiles() {}

    /** @param loader sees Belay's resources */
    public static List<Framework> load(ClassLoader loader) {
        List<Framework> frameworks = new ArrayList<>();
        for (Object name : properties(loader, "frameworks").keySet()) {
            frameworks.add(framework(properties(loader, name + ".properties")));
        }
        return frameworks;
    }

    private static Framework framework(Properties p) {
        return new Framework(
                p.getProperty("name"),
                list(p, "packages"),
                list(p, "loops"),
                list(p, "steps"),
                list(p, "evaluations"),
                list(p, "measures"),
                list(p, "births"),
                list(p, "support"));
    }

    private static List<String> list(Properties p, String key) {
        return Arrays.stream(p.getProperty(key, "").split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private static Properties properties(ClassLoader loader, String file) {
        try {
            URLConnection connection = Objects.requireNonNull(loader.getResource(ROOM + file), ROOM + file)
                    .openConnection();
            connection.setUseCaches(false); // a cached jar file would stay open
            try (InputStream in = connection.getInputStream()) {
                Properties p = new Properties();
                p.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                return p;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("belay.jar is incomplete: " + ROOM + file, e);
        }
    }
}
