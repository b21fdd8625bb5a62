package dev.belay.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What walks of the activations of a thread have told: what one tells, those further in need not tell again unless it has
 * changed since. Each activation counts with its last place alone, as that is what a checkpoint notes of it.
 */
final class Told {

    /**
     * What was met at the last place of an activation.
     *
     * @param objects with a hash of what each held itself
     * @param statics what static fields held themselves
     */
    private record Place(Object activation, Map<Object, Long> objects, Map<String, String> statics) {}

    /** From the outermost activation to the one that is walked. */
    private final List<Place> places = new ArrayList<>();

    /** @param activations from the outermost to the one that is walked from now on */
    void begin(List<?> activations) {
        int last = activations.size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean known = i < last && i < places.size() && places.get(i).activation() == activations.get(i);
            if (!known) {
                places.subList(i, places.size()).clear();
                places.add(new Place(activations.get(i), new IdentityHashMap<>(), new HashMap<>()));
            }
        }
    }

    private Place here() {
        return places.get(places.size() - 1);
    }

    private List<Place> below() {
        return places.subList(0, places.size() - 1);
    }

    /** Returns whether an object is new, or held something else where it was met last. */
    boolean isNews(Object o, long hash) {
        Long before = null;
        for (Place p : below()) {
            before = p.objects().getOrDefault(o, before);
        }
        here().objects().put(o, hash);
        return before == null || before != hash;
    }

    /** Returns whether a static field is new, or held something else. */
    boolean isNews(String field, String text) {
        String before = null;
        for (Place p : below()) {
            before = p.statics().getOrDefault(field, before);
        }
        here().statics().put(field, text);
        return !text.equals(before);
    }
}
