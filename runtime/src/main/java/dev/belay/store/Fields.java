package dev.belay.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object, read with their types checked. */
final class Fields {

    private final Map<String, Object> values;

    Fields(Map<String, Object> values) {
        this.values = values;
    }

    String text(String name) throws Damage {
        return get(name, String.class);
    }

    long number(String name) throws Damage {
        return get(name, Long.class);
    }

    /** Returns a number; NaN for null. */
    double real(String name) throws Damage {
        boolean isNull = values.containsKey(name) && values.get(name) == null;
        return isNull ? Double.NaN : get(name, Number.class).doubleValue();
    }

    Instant instant(String name) throws Damage {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new Damage("its field " + name + " is no time");
        }
    }

    Map<String, String> texts(String name) throws Damage {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<?, ?> map = get(name, Map.class);
        for (Map.Entry<?, ?> e : map.entrySet()) {
            if (!(e.getValue() instanceof String value)) {
                throw new Damage("its field " + name + " holds something that is no text");
            }
            texts.put((String) e.getKey(), value);
        }
        return texts;
    }

    List<?> list(String name) throws Damage {
        return get(name, List.class);
    }

    private <T> T get(String name, Class<T> type) throws Damage {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new Damage("its field " + name + " is missing or of another type");
        }
        return type.cast(value);
    }
}
