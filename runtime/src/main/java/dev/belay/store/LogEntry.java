package dev.belay.store;

import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of {@code log_history}: what was measured at one step, of training or of validation.
 *
 * @param step updates done by then
 * @param epoch epochs done by then, with a fraction; NaN where unknown
 * @param values by name
 */
public record LogEntry(long step, double epoch, Map<String, Double> values) {

    private static final String STEP = "step";
    private static final String EPOCH = "epoch";

    public LogEntry {
        values = Map.copyOf(values);
    }

    /** Returns whether a name means something else in an entry, so that no metric can have it. */
    public static boolean isReserved(String name) {
        return name.equals(STEP) || name.equals(EPOCH);
    }

    /** Returns the entry with one more value, or another one. */
    public LogEntry with(String name, double value) {
        Map<String, Double> more = new TreeMap<>(values);
        more.put(name, value);
        return new LogEntry(step, epoch, more);
    }

    Map<String, Object> json() {
        Map<String, Object> entry = new TreeMap<>();
        values.forEach((name, value) -> entry.put(name, json(value)));
        entry.put(STEP, step);
        entry.put(EPOCH, Double.isNaN(epoch) ? null : epoch);
        return entry;
    }

    /** JSON has no word for what is no finite number. */
    static Object json(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    static LogEntry read(Object json) throws Damage {
        if (!(json instanceof Map<?, ?> map) || !(map.get(STEP) instanceof Long step)) {
            throw new Damage("its log_history holds an entry without a step");
        }
        double epoch = map.get(EPOCH) == null ? Double.NaN : number(map.get(EPOCH));
        Map<String, Double> values = new TreeMap<>();
        for (Map.Entry<?, ?> e : map.entrySet()) {
            if (!isReserved((String) e.getKey())) {
                values.put((String) e.getKey(), number(e.getValue()));
            }
        }
        return new LogEntry(step, epoch, values);
    }

    static double number(Object json) throws Damage {
        if (json instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return Double.parseDouble(String.valueOf(json));
        } catch (NumberFormatException e) {
            throw new Damage("it holds a metric that is no number");
        }
    }
}
