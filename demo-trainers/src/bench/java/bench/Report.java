package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Collects raw output and figures; writes them to the screen, to a file and, of a whole run, into the documentation. */
final class Report {

    private static final String BEGIN = "<!-- measured: written by ./mvnw -Pbench verify -->";
    private static final String END = "<!-- end of measured -->";
    private static final List<String> TITLES =
            List.of("| what | with Belay | without | result | goal | met |", "|---|---|---|---|---|---|");

    private final Setup setup;
    private final Path raw;
    private final List<String> lines = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    Report(Setup setup) throws IOException {
        this.setup = setup;
        this.raw = Files.createDirectories(setup.output()).resolve("raw.txt");
        Files.deleteIfExists(raw);
        raw("date " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", seed " + setup.seed()
                + (setup.quick() ? ", quick: the figures mean little" : ""));
        raw(machine());
    }

    private String machine() throws IOException {
        String processor;
        try (Stream<String> facts = Files.lines(Path.of("/proc/cpuinfo"))) {
            processor = facts.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        }
        return Runtime.getRuntime().availableProcessors() + " processors (" + processor + "), "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", files on "
                + Files.getFileStore(setup.output()).type() + ", load at the start "
                + Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    void begin(String benchmark) throws IOException {
        raw("");
        raw("# " + benchmark);
    }

    void raw(String text) throws IOException {
        System.out.println(text);
        lines.addAll(text.lines().map(String::stripTrailing).toList());
        if (text.isEmpty()) {
            lines.add("");
        }
        Files.write(
                raw,
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    void figure(Figure figure) {
        figures.add(figure);
    }

    /** @param document whether the figures belong into the documentation */
    void end(boolean document) throws IOException {
        List<String> table = new ArrayList<>(TITLES);
        figures.forEach(f -> table.add(f.row()));
        System.out.println();
        table.forEach(System.out::println);
        Files.write(setup.output().resolve("table.md"), table);
        if (document) {
            writeDocument(table);
        }
    }

    private void writeDocument(List<String> table) throws IOException {
        Path file = setup.root().resolve("docs/performance.md");
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException("found no lines '" + BEGIN + "' and '" + END + "' in " + file
                    + ", expected them around the place of the figures; put them back");
        }
        List<String> section = new ArrayList<>(table);
        section.add("");
        section.add("Raw output:");
        section.add("");
        section.add("```");
        section.addAll(lines);
        section.add("```");
        Files.writeString(
                file, text.substring(0, from) + BEGIN + "\n" + String.join("\n", section) + "\n" + text.substring(to));
        System.out.println("\nwritten to docs/performance.md");
    }
}
