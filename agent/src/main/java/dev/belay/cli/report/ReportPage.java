package dev.belay.cli.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.belay.engine.history.PastAttempt;
import dev.belay.engine.history.RunHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Fills the template. All values are escaped for HTML; style and script are the product's own. */
public final class ReportPage {

    private static final String TEMPLATE = "report";
    private static final String SUFFIX = ".mustache";
    private static final String STYLE = "report.css";
    private static final String SCRIPT = "report.js";

    private ReportPage() {}

    /**
     * Returns the page.
     *
     * @param made when, for people
     */
    public static String of(RunHistory history, Instant made) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("style", resource(STYLE));
        page.put("script", resource(SCRIPT));
        page.put("scriptHash", sha256(resource(SCRIPT)));
        page.put("name", name(history));
        page.put("directory", history.directory().toString());
        page.put("made", Figures.time(made));
        page.put("summary", Summary.sentence(history));
        page.put("tiles", Summary.tiles(history));
        page.put("logDamage", history.logDamage());
        page.put("metrics", MetricRow.of(history.metrics()));
        page.put("hasMetrics", !history.metrics().series().isEmpty());
        page.put("metricsSource", history.metrics().source());
        page.put("metricProblems", history.metrics().problems());
        page.put("notFinite", history.metrics().notFinite());
        page.put("lanes", Lanes.of(history));
        page.put("curves", curves(history));
        page.put("times", times(history));
        page.put("attempts", history.attempts().stream().map(AttemptRow::of).toList());
        CheckpointRows rows = CheckpointRows.of(history);
        page.put("checkpoints", rows.newest());
        page.put("older", rows.older());
        page.put("olderCount", rows.older().size());
        return template().execute(page);
    }

    private static String name(RunHistory history) {
        return history.program().isEmpty()
                ? Objects.toString(history.directory().getFileName(), "")
                : history.program();
    }

    private static List<Chart> curves(RunHistory history) {
        Marks marks = Marks.of(history);
        List<Chart> charts = new ArrayList<>();
        Curves.byMetric(history.metrics()).forEach((name, series) -> charts.add(Chart.of(name, series, marks)));
        return charts;
    }

    private static List<Chart> times(RunHistory history) {
        return Curves.ofCheckpoints(history, Marks.of(history));
    }

    private static Template template() {
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .withLoader(name -> new StringReader(resource(name + SUFFIX)))
                .compile(resource(TEMPLATE + SUFFIX));
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the one script that a browser may run on the page. */
    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }

    static long kills(RunHistory history) {
        return count(history, PastAttempt.End.KILLED);
    }

    static long count(RunHistory history, PastAttempt.End end) {
        return history.attempts().stream().filter(a -> a.end() == end).count();
    }
}
