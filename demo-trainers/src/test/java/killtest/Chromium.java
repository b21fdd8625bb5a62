package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real browser without a window. It asks no network, and each page gets one with a fresh profile. */
final class Chromium {

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--allow-file-access-from-files", // the frame of a probe is read by the page around it
            "--enable-logging=stderr");

    private final Path binary;
    private final Path scratch;

    private Chromium(Path binary, Path scratch) {
        this.binary = binary;
        this.scratch = scratch;
    }

    /** Returns the browser; skips the test where there is none, but in CI. */
    static Chromium orSkip(Path scratch) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(":"))
                .map(d -> Path.of(d).resolve("chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        if (System.getenv("CI") != null) {
            assertThat(found).as("chromium is installed in CI").isPresent();
        }
        assumeTrue(found.isPresent(), "needs the program chromium (apt-get install chromium)");
        return new Chromium(found.get(), scratch);
    }

    /** Returns a page's document after its scripts have run; no script may have been refused. */
    String dom(Path page) {
        Outcome outcome = run(List.of("--dump-dom"), page);
        assertThat(outcome.stderr()).doesNotContain(":CONSOLE");
        return outcome.stdout();
    }

    /** Takes a picture of the top of a page. */
    void screenshot(Path page, Path picture, int width, int height, boolean dark) {
        run(
                List.of(
                        "--screenshot=" + picture,
                        "--window-size=" + width + "," + height,
                        "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1)),
                page);
        assertThat(picture).exists();
    }

    /** Returns by how many pixels a page is wider than a window of that width. */
    int overhang(Path page, int width) {
        Path probe = write(
                "probe-" + width + ".html",
                "<body><iframe id=f width=" + width + " height=900 style='border:0' src='" + page.toUri()
                        + "'></iframe><script>f.onload=()=>{const d=f.contentDocument.documentElement;"
                        + "document.body.dataset.overhang=Math.max(d.scrollWidth,d.ownerDocument.body.scrollWidth)-"
                        + width + "}</script>");
        String dom = dom(probe);
        assertThat(dom).as("the probe has measured").contains("data-overhang=\"");
        return Integer.parseInt(dom.replaceAll("(?s).*data-overhang=\"(-?\\d+)\".*", "$1"));
    }

    /** Writes a page. */
    Path write(String name, String html) {
        try {
            return Files.writeString(scratch.resolve(name), html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome run(List<String> flags, Path page) {
        try {
            List<String> line = new ArrayList<>(List.of(binary.toString()));
            line.addAll(FLAGS);
            line.add("--user-data-dir=" + Files.createTempDirectory(scratch, "profile"));
            line.addAll(flags);
            line.add(page.toUri().toString());
            Outcome outcome = Fork.run(line, Map.of(), scratch.resolve("browser"));
            assertThat(outcome.exit()).as("%s", outcome).isZero();
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
