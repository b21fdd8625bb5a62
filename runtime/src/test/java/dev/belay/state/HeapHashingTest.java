package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static dev.belay.state.Checkpoints.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import program.Kinds;
import program.Kinds.Cell;
import program.Kinds.Color;
import program.Kinds.Name;
import program.Kinds.Unusual;
import program.Kinds.Usual;

/** Hash codes of identity differ in every JVM: each restored map must find its keys in this one. */
class HeapHashingTest {

    /** Objects made anew have other identity hash codes, as in another JVM. */
    private static List<Object> keys(int n) {
        return IntStream.range(0, n).mapToObj(i -> new Object()).toList();
    }

    @Test
    void keys_that_hash_by_identity_are_found() {
        List<Object> keys = new ArrayList<>(keys(40));
        keys.add(new double[3]);
        keys.add(Color.GREEN);
        keys.add(String.class);
        for (Map<Object, Integer> saved : List.<Map<Object, Integer>>of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new IdentityHashMap<>(),
                new ConcurrentHashMap<>(),
                new WeakHashMap<>(),
                new Hashtable<>(),
                new Kinds.Lru<>(100))) {
            for (int i = 0; i < keys.size(); i++) {
                saved.put(keys.get(i), i);
            }
            Object[] restored = restore(capture(keys, saved), new ArrayList<>(), null);
            List<?> found = (List<?>) restored[0];
            assertThat(found.get(0)).isNotSameAs(keys.get(0));
            Map<?, ?> map = (Map<?, ?>) restored[1];
            for (int i = 0; i < keys.size(); i++) {
                assertThat(map.get(found.get(i))).as(saved.getClass().getName()).isEqualTo(i);
            }
            assertThat(map).hasSameSizeAs(keys);
        }
    }

    @Test
    void sets_of_such_keys_keep_the_order_of_insertion() {
        List<Object> keys = keys(30);
        Set<Object> linked = new LinkedHashSet<>(keys);
        Iterator<Object> iterator = linked.iterator();
        iterator.next();
        Object[] restored = restore(
                capture(
                        keys,
                        linked,
                        new HashSet<>(keys),
                        Collections.newSetFromMap(new IdentityHashMap<>()),
                        iterator),
                null,
                null,
                null,
                null,
                null);
        List<?> found = (List<?>) restored[0];
        assertThat(new ArrayList<>((Set<?>) restored[1])).isEqualTo(found);
        found.forEach(k -> assertThat(((Set<?>) restored[1]).contains(k)).isTrue());
        found.forEach(k -> assertThat(((Set<?>) restored[2]).contains(k)).isTrue());
        Iterator<?> goesOn = (Iterator<?>) restored[4];
        assertThat(goesOn.next()).isSameAs(found.get(1));
        goesOn.remove();
        assertThat(((Set<?>) restored[1]).contains(found.get(1))).isFalse();
        assertThat((Set<?>) restored[1]).hasSize(29);
    }

    /** Found although the saved table was made of other hash codes: these are damaged in memory to show it. */
    @Test
    void keys_that_contain_constants_are_found() {
        Map<Object, Integer> saved = new HashMap<>();
        saved.put(new Cell(Color.RED, 3), 1);
        saved.put(List.of(Color.RED, "x"), 2);
        saved.put(Optional.of(Color.BLUE), 3);
        saved.put(Map.entry(Color.GREEN, 5), 4);
        saved.put(new Usual(Color.GREEN, "u"), 5);
        saved.put(new ArrayList<>(List.of(new Cell(Color.RED, 1))), 6);
        saved.put("plain", 7);
        Snapshot snapshot = capture(saved);
        HeapImage other = otherHashes(snapshot.image());
        Snapshot foreign = new Snapshot(other, snapshot.tensors(), Map.of(), List.of());
        Map<?, ?> restored = (Map<?, ?>) restore(foreign, new HashMap<>())[0];
        assertThat(restored.get(new Cell(Color.RED, 3))).isEqualTo(1);
        assertThat(restored.get(List.of(Color.RED, "x"))).isEqualTo(2);
        assertThat(restored.get(Optional.of(Color.BLUE))).isEqualTo(3);
        assertThat(restored.get(Map.entry(Color.GREEN, 5))).isEqualTo(4);
        assertThat(restored.get(new Usual(Color.GREEN, "u"))).isEqualTo(5);
        assertThat(restored.get(List.of(new Cell(Color.RED, 1)))).isEqualTo(6);
        assertThat(restored.get("plain")).isEqualTo(7);
        assertThat(snapshot.unordered()).containsExactly(new Unordered("Test.run/local0", Unordered.Cause.IDENTITY));
    }

    /** As another JVM would have saved it: every hash code but that of the string is another. */
    private static HeapImage otherHashes(HeapImage image) {
        List<HeapNode> nodes = new ArrayList<>();
        for (HeapNode node : image.nodes()) {
            boolean entry = node instanceof HeapNode.Plain p
                    && p.type().equals("java.util.HashMap$Node")
                    && !(image.node(p.references()[0]) instanceof HeapNode.Value);
            nodes.add(entry ? withHash((HeapNode.Plain) node, 0x5bd1e995 * nodes.size()) : node);
        }
        return new HeapImage(image.frames(), nodes, image.statics(), image.roots(), image.values());
    }

    private static HeapNode withHash(HeapNode.Plain p, int hash) {
        assertThat(p.signature()).startsWith("hash:int;key:");
        return new HeapNode.Plain(p.type(), p.signature(), new long[] {hash}, p.references());
    }

    @Test
    void keys_with_a_hash_code_of_their_own_are_found_without_calling_it() {
        Map<Name, Integer> saved = new HashMap<>();
        Set<Name> set = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            saved.put(new Name("n" + i), i);
            set.add(new Name("s" + i));
        }
        Kinds.Lru<Name, Integer> lru = new Kinds.Lru<>(10);
        lru.putAll(saved);
        Kinds.Lru<Name, Integer> freshLru = new Kinds.Lru<>(10);
        freshLru.put(new Name("n1"), 0);
        Kinds.forbidden = true;
        Object[] restored;
        try {
            restored = restore(capture(saved, set, lru), new HashMap<>(), new HashSet<>(), freshLru);
        } finally {
            Kinds.forbidden = false;
        }
        saved.forEach((k, v) -> assertThat(((Map<?, ?>) restored[0]).get(k)).isEqualTo(v));
        assertThat(restored[1]).isEqualTo(set);
        assertThat(restored[2]).isEqualTo(lru).hasToString(lru.toString());
    }

    @Test
    void a_hash_code_that_depends_on_a_constant_in_an_unknown_way_is_refused() {
        assertThatThrownBy(() -> capture(new HashMap<>(Map.of(new Unusual(Color.RED), 1))))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Test.run/local0")
                .hasMessageContaining("Unusual");
        assertThatThrownBy(() -> capture(new ConcurrentHashMap<>(Map.of(new Cell(Color.RED, 1), 1))))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("use a HashMap");
    }

    /** The copies made anew get the identity hash codes of the saved objects, and with them the order of the map. */
    @Test
    void a_hash_code_that_depends_on_identities_in_an_unknown_way_is_kept_with_the_identities() {
        List<Object> firsts = keys(50);
        Map<Kinds.Contact, Integer> saved = new HashMap<>();
        List<Kinds.Contact> pairs = new ArrayList<>();
        for (int i = 0; i < firsts.size(); i++) {
            pairs.add(new Kinds.Contact(firsts.get(i), new double[] {i}));
            saved.put(pairs.get(i), i);
        }
        List<Integer> order = new ArrayList<>(saved.values());
        Object[] restored = restore(capture(pairs, saved), new ArrayList<>(), new HashMap<>());
        List<?> found = (List<?>) restored[0];
        Map<?, ?> map = (Map<?, ?>) restored[1];
        for (int i = 0; i < firsts.size(); i++) {
            assertThat(found.get(i)).isNotSameAs(pairs.get(i)).hasSameHashCodeAs(pairs.get(i));
            assertThat(map.get(found.get(i))).isEqualTo(i);
        }
        assertThat(new ArrayList<>(map.values())).isEqualTo((Object) order);
    }

    /** The live object had another hash code before: the table that finds it is filled with the saved one. */
    @Test
    void a_live_key_gets_the_saved_identity_too() {
        Kinds.Contact live = new Kinds.Contact(new Object(), new double[1]);
        Map<Object, Integer> fresh = new HashMap<>(Map.of(live, 9));
        Kinds.Contact saved = new Kinds.Contact(new Object(), new double[1]);
        int hash = saved.hashCode();
        Object[] restored = restore(capture(saved, new HashMap<>(Map.of(saved, 7))), live, fresh);
        assertThat(restored[0]).isSameAs(live);
        assertThat(live.hashCode()).isEqualTo(hash);
        assertThat(((Map<?, ?>) restored[1]).get(live)).isEqualTo(7);
    }

    @Test
    void identity_hash_codes_can_be_set_in_this_jvm_but_not_while_the_object_is_locked() {
        assertThat(IdentityHashes.available()).isTrue();
        Object o = new Object();
        IdentityHashes.set(o, 12_345);
        assertThat(System.identityHashCode(o)).isEqualTo(12_345);
        Object locked = new Object();
        synchronized (locked) {
            assertThatThrownBy(() -> IdentityHashes.set(locked, 1))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("java.lang.Object");
        }
    }

    @Test
    void an_iterator_half_way_through_an_order_of_this_jvm_is_refused() {
        Map<Color, Integer> map = new HashMap<>(Map.of(Color.RED, 1, Color.BLUE, 2, Color.GREEN, 3));
        Iterator<Color> iterator = map.keySet().iterator();
        iterator.next();
        assertThatThrownBy(() -> capture(map, iterator))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Test.run/local1")
                .hasMessageContaining("LinkedHashMap");
        assertThatThrownBy(() -> capture(new IdentityHashMap<>(map).values().iterator()))
                .isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> capture(Set.of(1, 2, 3).iterator())).isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> capture(Map.of(1, 2, 3, 4).entrySet().iterator()))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void live_values_are_found_by_their_key_and_not_by_their_place() {
        List<String> log = new ArrayList<>();
        Map<String, Runnable> saved = Kinds.actions(log, "a1", "b1", "b2", "a2", "b3");
        List<String> freshLog = new ArrayList<>();
        Map<String, Runnable> fresh = Kinds.actions(
                freshLog, "a2", "b9", "b8", "b3", "b2", "b1", "a1", "a7", "a8", "a9", "b17", "b18", "a19", "b20");
        Object[] restored = restore(capture(log, saved), freshLog, fresh);
        List.of("a1", "b1", "b2", "a2", "b3").forEach(name -> ((Runnable) ((Map<?, ?>) restored[1]).get(name)).run());
        assertThat(restored[0]).isEqualTo(List.of("A", "B", "B", "A", "B"));
        assertThat((Map<?, ?>) restored[1]).hasSize(5);
    }

    @Test
    void an_empty_hash_table_comes_back_empty() {
        Map<Object, Object> fresh = new HashMap<>(Map.of(new Object(), 1));
        assertThat(through(new HashMap<>(), fresh)).isSameAs(fresh).isEmpty();
        Map<Object, Object> identity = new IdentityHashMap<>(Map.of(new Object(), 1));
        assertThat(through(new IdentityHashMap<>(), identity))
                .isSameAs(identity)
                .isEmpty();
    }
}
