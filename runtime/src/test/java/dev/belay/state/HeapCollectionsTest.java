package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static dev.belay.state.Checkpoints.through;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import program.Kinds;
import program.Kinds.Color;

/** Collections of the JDK come back with contents, order and identity, into a program that went another way. */
class HeapCollectionsTest {

    private static List<Integer> numbers(int n) {
        return IntStream.range(0, n).map(i -> i * 37 % 101).boxed().toList();
    }

    private static void assertComesBack(Collection<Integer> saved, Collection<Integer> fresh) {
        saved.addAll(numbers(60));
        saved.remove(37);
        fresh.addAll(numbers(3));
        List<Integer> order = new ArrayList<>(saved);
        Collection<Integer> restored = through(saved, fresh);
        assertThat(restored).isSameAs(fresh);
        assertThat(new ArrayList<>(restored)).isEqualTo(order);
        saved.add(1000);
        restored.add(1000);
        assertThat(new ArrayList<>(restored)).isEqualTo(new ArrayList<>(saved));
    }

    @Test
    void lists_queues_and_sets_keep_order_and_identity() {
        assertComesBack(new ArrayList<>(), new ArrayList<>());
        assertComesBack(new LinkedList<>(), new LinkedList<>());
        assertComesBack(new Vector<>(), new Vector<>());
        assertComesBack(new ArrayDeque<>(), new ArrayDeque<>());
        assertComesBack(new HashSet<>(), new HashSet<>());
        assertComesBack(new LinkedHashSet<>(), new LinkedHashSet<>());
        assertComesBack(new TreeSet<>(), new TreeSet<>());
        assertComesBack(new PriorityQueue<>(), new PriorityQueue<>());
        assertComesBack(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        assertComesBack(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        assertComesBack(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    @Test
    void a_queue_keeps_its_comparator() {
        PriorityQueue<String> saved = new PriorityQueue<>(new Kinds.Owner().order);
        saved.addAll(List.of("ccc", "a", "bb", "aa"));
        PriorityQueue<String> restored = through(saved, new PriorityQueue<>(new Kinds.Owner().order));
        assertThat(IntStream.range(0, 4).mapToObj(i -> restored.poll()).toList())
                .isEqualTo(List.of("a", "aa", "bb", "ccc"));
    }

    private static void assertMapComesBack(Map<String, Integer> saved, Map<String, Integer> fresh) {
        for (int i = 0; i < 50; i++) {
            saved.put("k" + i * 37, i);
        }
        saved.remove("k37");
        fresh.put("k0", 7);
        fresh.put("other", 8);
        List<Map.Entry<String, Integer>> order = new ArrayList<>(saved.entrySet());
        Map<String, Integer> restored = through(saved, fresh);
        assertThat(restored).isSameAs(fresh);
        assertThat(new ArrayList<>(restored.entrySet())).isEqualTo(order);
        assertThat(restored.get("k74")).isEqualTo(2);
        assertThat(restored.put("new", 1)).isNull();
        assertThat(restored).hasSize(50);
    }

    @Test
    void maps_keep_order_and_identity() {
        assertMapComesBack(new HashMap<>(), new HashMap<>());
        assertMapComesBack(new LinkedHashMap<>(), new LinkedHashMap<>());
        assertMapComesBack(new TreeMap<>(), new TreeMap<>());
        assertMapComesBack(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        assertMapComesBack(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        assertMapComesBack(new java.util.Hashtable<>(), new java.util.Hashtable<>());
    }

    @Test
    void sets_and_maps_of_constants_come_back() {
        assertThat(through(EnumSet.of(Color.RED, Color.BLUE), EnumSet.noneOf(Color.class)))
                .isEqualTo(EnumSet.of(Color.RED, Color.BLUE));
        Map<Color, double[]> saved = new EnumMap<>(Map.of(Color.GREEN, new double[] {1, 2}));
        Map<Color, double[]> restored = through(saved, new EnumMap<>(Color.class));
        assertThat(restored.get(Color.GREEN)).containsExactly(1, 2);
        restored.put(Color.RED, null);
        assertThat(restored.keySet().toString()).isEqualTo("[RED, GREEN]");
        BitSet bits = new BitSet();
        bits.set(300);
        assertThat(through(bits, new BitSet())).isEqualTo(bits);
        Properties properties = new Properties();
        properties.setProperty("rate", "0.1");
        assertThat(through(properties, new Properties()).getProperty("rate")).isEqualTo("0.1");
    }

    @Test
    void a_tree_of_colliding_keys_comes_back() {
        Map<String, Integer> saved = new HashMap<>();
        for (int i = 0; i < 1 << 10; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // equal hash codes
            }
            saved.put(key.toString(), i);
        }
        Map<String, Integer> restored = through(saved, new HashMap<>());
        assertThat(restored).isEqualTo(saved);
        assertThat(restored.keySet().toString()).isEqualTo(saved.keySet().toString());
        saved.forEach((k, v) -> assertThat(restored.get(k)).isEqualTo(v));
    }

    @Test
    void immutable_and_wrapping_collections_come_back() {
        List<Integer> base = new ArrayList<>(numbers(9));
        Object[] saved = {
            List.of(1),
            List.of(1, 2, 3),
            List.of(),
            Set.of("a"),
            Set.of(1, 2, 3, 4),
            Map.of("a", 1),
            Map.of(1, "x", 2, "y"),
            Collections.unmodifiableList(base),
            Arrays.asList(1, null, 3),
            base.subList(2, 5),
            Collections.nCopies(3, "n"),
            Collections.singletonList(4),
            Collections.emptyMap(),
            Collections.synchronizedList(base),
            base
        };
        Object[] fresh = {
            List.of(9),
            List.of(9, 8, 7),
            List.of(4),
            Set.of("b"),
            Set.of(1, 2),
            Map.of("a", 2),
            Map.of(),
            Collections.unmodifiableList(new ArrayList<>()),
            Arrays.asList(0, 0, 0),
            new ArrayList<>(numbers(6)).subList(0, 1),
            Collections.nCopies(1, "m"),
            Collections.singletonList(5),
            Collections.emptyMap(),
            Collections.synchronizedList(new ArrayList<>()),
            new ArrayList<>()
        };
        Object[] restored = restore(capture(saved), fresh);
        assertThat(restored).isEqualTo(saved);
        List<?> list = (List<?>) restored[14];
        list.remove(8);
        assertThat((List<?>) restored[7]).as("a view of the same list").hasSize(8);
        assertThat(restored[2]).isSameAs(List.of());
        assertThat(restored[12]).isSameAs(Collections.emptyMap());
    }

    @Test
    void immutable_collections_that_did_not_change_stay_the_same_objects() {
        List<Integer> list = List.of(1, 2, 3);
        Set<String> set = Set.of("a", "b", "c");
        Map<String, Object> map = Map.of("k", new double[20], "l", "m");
        Object[] restored = restore(
                capture(List.of(1, 2, 3), Set.of("a", "b", "c"), Map.of("k", new double[20], "l", "m")),
                list,
                set,
                map);
        assertThat(restored[0]).isSameAs(list);
        assertThat(restored[1]).isSameAs(set);
        assertThat(restored[2]).isSameAs(map);
    }

    @Test
    void iterators_go_on_in_the_middle() {
        assertGoesOn(new ArrayList<>(numbers(10)));
        assertGoesOn(new LinkedList<>(numbers(10)));
        assertGoesOn(new ArrayDeque<>(numbers(10)));
        assertGoesOn(new HashSet<>(numbers(10)));
        assertGoesOn(new LinkedHashSet<>(numbers(10)));
        assertGoesOn(new TreeSet<>(numbers(10)));
        assertGoesOn(new PriorityQueue<>(numbers(10)));
        assertGoesOn(Arrays.asList(1, 2, 3, 4, 5, 6));
        assertGoesOn(List.of(1, 2, 3, 4, 5, 6));
        assertGoesOn(new ConcurrentHashMap<>(Map.of(1, 2, 3, 4, 5, 6, 7, 8)).keySet());
        assertGoesOn(new HashMap<>(Map.of(1, 2, 3, 4, 5, 6, 7, 8)).values());
        assertGoesOn(new TreeMap<>(Map.of(1, 2, 3, 4, 5, 6, 7, 8)).values());
        assertGoesOn(Collections.unmodifiableList(numbers(8)));
    }

    private static void assertGoesOn(Collection<Integer> collection) {
        Iterator<Integer> saved = collection.iterator();
        saved.next();
        saved.next();
        Snapshot snapshot = capture(collection, saved);
        List<Integer> rest = new ArrayList<>();
        saved.forEachRemaining(rest::add);
        Object[] restored = restore(snapshot, collection, collection.iterator());
        List<Object> restoredRest = new ArrayList<>();
        ((Iterator<?>) restored[1]).forEachRemaining(restoredRest::add);
        assertThat(restoredRest)
                .as(collection.getClass().getName())
                .isNotEmpty()
                .isEqualTo(rest);
    }

    @Test
    void an_iterator_still_removes_from_its_own_list() {
        List<Integer> list = new LinkedList<>(numbers(6));
        ListIterator<Integer> iterator = list.listIterator();
        iterator.next();
        iterator.next();
        List<Integer> freshList = new LinkedList<>(numbers(2));
        Object[] restored = restore(capture(list, iterator), freshList, freshList.listIterator());
        ListIterator<?> goesOn = (ListIterator<?>) restored[1];
        goesOn.next();
        goesOn.remove();
        assertThat(goesOn.previous()).isEqualTo(37);
        assertThat(restored[0]).isEqualTo(List.of(0, 37, 10, 47, 84));
    }

    @Test
    void entries_that_the_program_holds_write_through() {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
        Map.Entry<String, Integer> entry = map.entrySet().stream()
                .filter(e -> e.getKey().equals("b"))
                .findFirst()
                .orElseThrow();
        Map<String, Integer> freshMap = new HashMap<>(Map.of("a", 1));
        Object[] restored = restore(
                capture(map, entry), freshMap, freshMap.entrySet().iterator().next());
        @SuppressWarnings("unchecked")
        Map.Entry<String, Integer> held = (Map.Entry<String, Integer>) restored[1];
        held.setValue(5);
        assertThat(((Map<?, ?>) restored[0]).get("b")).isEqualTo(5);
    }
}
