package dev.belay.weave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A small trainer of the test resources, with what its first lines say of it.
 *
 * @param options {@code step=}, {@code loop=} and {@code exclude=} as the agent takes them
 * @param release oldest class file version that its language features allow
 * @param refused what the refusal says, or null for a program that is saved
 * @param last whether there is a checkpoint of the end: not where a stream is the outermost loop
 * @param steps steps of a whole run as Belay counts them, where they are not the calls of its step method
 */
record TrainerSource(String name, String options, int release, String refused, boolean last, OptionalInt steps) {

    static final Path DIRECTORY = Path.of("src", "test", "resources", "trainers");
    private static final String SHARED = "Pace";

    static List<TrainerSource> all() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(f -> f.getFileName().toString().replace(".java", ""))
                    .filter(n -> !n.equals(SHARED))
                    .sorted()
                    .map(TrainerSource::read)
                    .toList();
        }
    }

    static TrainerSource read(String name) {
        try {
            List<String> head = Files.readAllLines(DIRECTORY.resolve(name + ".java")).stream()
                    .filter(l -> l.startsWith("// "))
                    .map(l -> l.substring(3))
                    .toList();
            String options = String.join(
                    ",",
                    head.stream()
                            .filter(l -> l.matches("(step|loop|exclude)=.*"))
                            .toList());
            return new TrainerSource(
                    name,
                    options,
                    value(head, "release=") == null ? 8 : Integer.parseInt(value(head, "release=")),
                    value(head, "refused: "),
                    !head.contains("no last checkpoint"),
                    value(head, "steps=") == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(value(head, "steps="))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String value(List<String> head, String key) {
        return head.stream()
                .filter(l -> l.startsWith(key))
                .map(l -> l.substring(key.length()))
                .findFirst()
                .orElse(null);
    }

    String mainClass() {
        return "trainers." + name;
    }

    List<Path> files() {
        return List.of(DIRECTORY.resolve(name + ".java"), DIRECTORY.resolve(SHARED + ".java"));
    }

    @Override
    public String toString() {
        return name;
    }
}
