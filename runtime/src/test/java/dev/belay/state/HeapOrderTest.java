package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import program.Kinds.Cell;
import program.Kinds.Color;

/** Sets and maps whose order differs in every JVM are named by their paths; what they hold is found all the same. */
class HeapOrderTest {

    private static final List<Object> KEYS = List.of(new Object(), new int[1], Color.RED, String.class);

    private static <M extends Map<Object, Integer>> M filled(M map, Collection<?> keys) {
        keys.forEach(k -> map.put(k, map.size()));
        return map;
    }

    private static List<String> paths(Unordered.Cause cause, Object... locals) {
        List<Unordered> found = capture(locals).unordered();
        assertThat(found).allMatch(u -> u.cause() == cause);
        return found.stream().map(u -> u.path().replace("Test.run/local", "")).toList();
    }

    @Test
    void those_ordered_by_identity_are_named() {
        Set<Object> concurrent = ConcurrentHashMap.newKeySet();
        concurrent.addAll(KEYS);
        Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(List.of("a", "b"));
        assertThat(paths(
                        Unordered.Cause.IDENTITY,
                        filled(new HashMap<>(), KEYS),
                        new HashSet<>(KEYS),
                        filled(new IdentityHashMap<>(), List.of("a", "b")),
                        filled(new ConcurrentHashMap<>(), KEYS),
                        filled(new Hashtable<>(), KEYS),
                        concurrent,
                        identities,
                        filled(new HashMap<>(), List.of(new Cell(Color.RED, 1), new Cell(Color.BLUE, 2))),
                        List.of(new HashMap<>(filled(new HashMap<>(), KEYS)))))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5.map", "6.m", "7", "8.e0");
    }

    @Test
    void properties_with_such_keys_are_refused() {
        Properties properties = new Properties();
        properties.putAll(filled(new HashMap<>(), KEYS));
        assertThatThrownBy(() -> capture(properties))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Test.run/local0");
    }

    @Test
    void immutable_ones_are_named() {
        assertThat(paths(
                        Unordered.Cause.SALT,
                        Set.of(1, 2),
                        Set.of(1, 2, 3),
                        Map.of(1, 2, 3, 4),
                        Set.copyOf(List.of("a", "b")),
                        Collections.unmodifiableSet(Set.of("c", "d"))))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4.c");
    }

    @Test
    void those_with_an_order_of_their_own_or_of_strings_and_numbers_are_not() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        properties.setProperty("c", "d");
        assertThat(capture(
                                filled(new LinkedHashMap<>(), KEYS),
                                new LinkedHashSet<>(KEYS),
                                new EnumMap<>(Map.of(Color.RED, 1, Color.BLUE, 2)),
                                filled(new TreeMap<>(), List.of(1, 2)),
                                filled(new HashMap<>(), List.of("a", "b", 3, 4L, 5.0, List.of("x", 6))),
                                filled(new ConcurrentHashMap<>(), List.of("a", "b")),
                                properties,
                                List.of(1, 2, 3),
                                new ArrayList<>(KEYS))
                        .unordered())
                .isEmpty();
    }

    @Test
    void one_element_has_no_order() {
        assertThat(capture(
                                filled(new HashMap<>(), List.of(new Object())),
                                filled(new IdentityHashMap<>(), List.of("a")),
                                Set.of(1),
                                Map.of(1, 2),
                                new HashSet<>(List.of(Color.RED)))
                        .unordered())
                .isEmpty();
    }

    @Test
    void they_find_what_they_hold_after_a_restore() {
        Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> keys = new ArrayList<>(List.of(new Object(), new int[1], Color.RED));
        identities.addAll(keys);
        Object[] restored = restore(
                capture(
                        keys,
                        identities,
                        filled(new Hashtable<>(), keys),
                        Set.of("a", "b", Color.BLUE),
                        Map.of(Color.RED, 1, "x", keys)),
                new Object[5]);
        List<?> found = (List<?>) restored[0];
        assertThat(found.get(0)).isNotSameAs(keys.get(0));
        found.forEach(k -> {
            assertThat(((Set<?>) restored[1]).contains(k)).isTrue();
            assertThat(((Map<?, ?>) restored[2]).get(k)).isEqualTo(found.indexOf(k));
        });
        assertThat(((Set<?>) restored[1]).contains(keys.get(0))).isFalse();
        assertThat((Set<?>) restored[3]).isEqualTo(Set.of(Color.BLUE, "b", "a"));
        assertThat(((Map<?, ?>) restored[4]).get(Color.RED)).isEqualTo(1);
        assertThat(((Map<?, ?>) restored[4]).get("x")).isSameAs(found);
    }
}
