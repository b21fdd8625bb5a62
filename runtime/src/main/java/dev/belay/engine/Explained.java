package dev.belay.engine;

import dev.belay.schedule.Trigger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The program that is explained, as it would run.
 *
 * @param main its main class
 * @param found how its steps are known, for people
 * @param settings what it would run with
 */
record Explained(String main, String found, Settings settings) {

    /** Returns a report with what is known from the start. */
    Map<String, Object> begin(String outcome) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("format", 1);
        report.put("outcome", outcome);
        report.put("main", main);
        report.put("found", found);
        report.put("schedule", schedule());
        return report;
    }

    private Map<String, Object> schedule() {
        Map<String, Object> schedule = new LinkedHashMap<>();
        schedule.put("output_dir", settings.outputDir().toString());
        schedule.put("save_strategy", strategy());
        schedule.put(
                "save_steps",
                settings.saveSteps().isShare()
                        ? settings.saveSteps().share()
                        : settings.saveSteps().count());
        schedule.put("save_interval_s", settings.saveInterval().toMillis() / 1e3);
        schedule.put(
                "save_total_limit",
                settings.saveTotalLimit().isPresent()
                        ? settings.saveTotalLimit().getAsInt()
                        : null);
        schedule.put("on_unsupported", settings.exitOnUnsupported() ? "exit" : "warn");
        schedule.put("most_lost", settings.mostLost());
        return schedule;
    }

    private String strategy() {
        return settings.triggers().isEmpty()
                ? "no"
                : settings.triggers().stream()
                        .sorted()
                        .map(Trigger::name)
                        .map(n -> n.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("+"));
    }
}
