package dev.belay.cli;

import java.util.List;
import java.util.Map;

/**
 * A JSON object whose keys may be absent, as in a report on a program that ended early.
 *
 * @param values as read from JSON
 */
record Report(Map<String, Object> values) {

    boolean has(String key) {
        return values.get(key) != null;
    }

    String text(String key) {
        return has(key) ? values.get(key).toString() : "";
    }

    boolean truth(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    long number(String key) {
        return has(key) ? ((Number) values.get(key)).longValue() : 0;
    }

    double decimal(String key) {
        return has(key) ? ((Number) values.get(key)).doubleValue() : 0;
    }

    Report object(String key) {
        return of(values.getOrDefault(key, Map.of()));
    }

    List<Report> objects(String key) {
        return ((List<?>) values.getOrDefault(key, List.of()))
                .stream().map(Report::of).toList();
    }

    List<String> texts(String key) {
        return ((List<?>) values.getOrDefault(key, List.of()))
                .stream().map(Object::toString).toList();
    }

    @SuppressWarnings("unchecked") // objects of JSON have text keys
    private static Report of(Object value) {
        return new Report((Map<String, Object>) value);
    }
}
