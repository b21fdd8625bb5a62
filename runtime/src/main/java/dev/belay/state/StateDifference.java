package dev.belay.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In what the states of two checkpoints differ. Nothing of the program is loaded to find out.
 *
 * @param tensors those in both that differ
 * @param tensorsInBoth how many are in both
 * @param onlyInFirst names of tensors that only the first has
 * @param onlyInSecond names of tensors that only the second has
 * @param position where in the program they were saved
 * @param objects the first objects and values that differ
 * @param objectCount how many differ
 * @param unseeded the JDK's own generators that differ: each JVM seeds them anew, so that no program whose result is the same
 *     in two runs depends on them
 */
public record StateDifference(
        List<TensorDifference> tensors,
        int tensorsInBoth,
        List<String> onlyInFirst,
        List<String> onlyInSecond,
        List<Place> position,
        List<Place> objects,
        long objectCount,
        List<Place> unseeded) {

    /**
     * One difference.
     *
     * @param path what differs
     * @param first what the first checkpoint has there
     * @param second what the second has
     */
    public record Place(String path, String first, String second) {}

    /** An array is in one of several files: whether it changed since the checkpoint before differs between equal runs. */
    private static final List<Set<TensorFile>> PLACES =
            List.of(Set.of(TensorFile.MODEL, TensorFile.ARRAYS, TensorFile.DATA), Set.of(TensorFile.OPTIMIZER));

    /**
     * Compares what two directories hold, which the store MUST have verified.
     *
     * @throws Unsupported if a file is of another format
     */
    public static StateDifference of(Path first, Path second) throws IOException {
        SavedState a = SavedState.open(first);
        SavedState b = SavedState.open(second);
        List<TensorDifference> tensors = new ArrayList<>();
        Set<String> onlyInFirst = new TreeSet<>();
        Set<String> onlyInSecond = new TreeSet<>();
        int inBoth = 0;
        for (Set<TensorFile> place : PLACES) {
            Map<String, SafetensorsFile> ofFirst = files(a, place);
            Map<String, SafetensorsFile> ofSecond = files(b, place);
            for (Map.Entry<String, SafetensorsFile> t : ofFirst.entrySet()) {
                if (ofSecond.containsKey(t.getKey())) {
                    inBoth++;
                    tensors.add(TensorComparison.of(t.getKey(), t.getValue(), ofSecond.get(t.getKey())));
                } else {
                    onlyInFirst.add(t.getKey());
                }
            }
            ofSecond.keySet().stream().filter(n -> !ofFirst.containsKey(n)).forEach(onlyInSecond::add);
        }
        DifferenceList position = new DifferenceList();
        DifferenceList objects = new DifferenceList();
        DifferenceList unseeded = new DifferenceList();
        compareGraphs(a, b, position, objects, unseeded);
        tensors.removeIf(TensorDifference::none);
        return new StateDifference(
                tensors,
                inBoth,
                List.copyOf(onlyInFirst),
                List.copyOf(onlyInSecond),
                position.kept(),
                objects.kept(),
                objects.count(),
                unseeded.kept());
    }

    private static Map<String, SafetensorsFile> files(SavedState state, Set<TensorFile> place) {
        Map<String, SafetensorsFile> files = new TreeMap<>();
        state.files().forEach((kind, file) -> {
            if (place.contains(kind)) {
                file.names().forEach(name -> files.put(name, file));
            }
        });
        return files;
    }

    private static void compareGraphs(
            SavedState a, SavedState b, DifferenceList position, DifferenceList objects, DifferenceList unseeded) {
        GraphDifferences graphs = new GraphDifferences(a.image(), b.image(), objects);
        new FrameDifferences(graphs, position).compare(a.frames(), b.frames());
        graphs.add(a.image().statics(), b.image().statics());
        graphs.add(roots(a, false), roots(b, false));
        graphs.run();
        GraphDifferences generators = new GraphDifferences(a.image(), b.image(), unseeded);
        generators.add(roots(a, true), roots(b, true));
        generators.run();
        Set<String> keys = new TreeSet<>(a.keys());
        keys.addAll(b.keys());
        for (String key : keys) {
            Object x = a.value(key).orElse(null);
            Object y = b.value(key).orElse(null);
            if (!Objects.deepEquals(x, y)) {
                (JdkRandom.isName(key) ? unseeded : objects).add(key, text(x), text(y));
            }
        }
        aliases(a, b, objects);
    }

    private static Map<String, Integer> roots(SavedState state, boolean jdks) {
        Map<String, Integer> roots = new TreeMap<>(state.image().roots());
        roots.keySet().removeIf(name -> JdkRandom.isName(name) != jdks);
        return roots;
    }

    private static void aliases(SavedState a, SavedState b, DifferenceList objects) {
        for (TensorFile file : TensorFile.values()) {
            Map<String, String> x =
                    a.files().containsKey(file) ? a.files().get(file).aliases() : Map.of();
            Map<String, String> y =
                    b.files().containsKey(file) ? b.files().get(file).aliases() : Map.of();
            if (!x.equals(y)) {
                objects.add(
                        file.fileName() + " (other names of tensors)",
                        new TreeMap<>(x).toString(),
                        new TreeMap<>(y).toString());
            }
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "-";
        }
        return value.getClass().isArray()
                ? value.getClass().getComponentType() + "[" + java.lang.reflect.Array.getLength(value) + "]"
                : value.toString();
    }

    /** Returns whether the two states are the same, bit for bit. */
    public boolean none() {
        return tensors.isEmpty()
                && onlyInFirst.isEmpty()
                && onlyInSecond.isEmpty()
                && position.isEmpty()
                && objectCount == 0;
    }
}
