package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.StartValue;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an activation held before it trained, as a checkpoint notes it.
 *
 * @param at its method and the point
 * @param why why nothing can be told from the values; empty if it can
 * @param values by name
 */
record Start(String at, String why, Map<String, String> values) {

    private static final String KEY = "start.";

    static Start of(LoopFrame frame, PointShape point, String why, List<StartValue> found) {
        Map<String, String> values = new LinkedHashMap<>();
        found.forEach(v -> values.put(v.name(), v.text()));
        return new Start(frame.method().key() + "@" + point.index(), why, values);
    }

    /** Returns the key of a checkpoint's note for an activation. */
    static String key(int depth) {
        return KEY + depth;
    }

    String text() {
        StringBuilder text = new StringBuilder(encoded(at)).append(' ').append(encoded(why));
        values.forEach((name, value) ->
                text.append(' ').append(encoded(name)).append('=').append(encoded(value)));
        return text.toString();
    }

    static Start of(String text) {
        String[] words = text.split(" ", -1);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            values.put(decoded(words[i].substring(0, equals)), decoded(words[i].substring(equals + 1)));
        }
        return new Start(decoded(words[0]), decoded(words[1]), values);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
