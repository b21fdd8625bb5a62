package dev.belay.engine;

import dev.belay.engine.CheckpointDifference.Place;
import dev.belay.engine.CheckpointDifference.Tensor;
import dev.belay.state.StateDifference;
import dev.belay.state.Unsupported;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Manifest;
import dev.belay.store.Reading;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares two checkpoints: what a run would go on from. */
public final class Comparison {

    /** Counters that are times of day, of which no two runs have the same. */
    private static final Set<String> TIMES = Set.of("clock.started", "clock.saved");

    /** Measured times, by the names that the Hugging Face Trainer gives them. */
    private static final Pattern MEASURED = Pattern.compile(".*(_runtime|_per_second)");

    private Comparison() {}

    /**
     * Reads both, and refuses one that is damaged.
     *
     * @param first a checkpoint, or an output_dir for the latest one in it
     * @param watcher is told how far their verification has come
     */
    public static CheckpointDifference of(Path first, Path second, Verification.Watcher watcher)
            throws InspectionProblem, IOException {
        GivenDirectory one = GivenDirectory.of(first);
        GivenDirectory other = GivenDirectory.of(second);
        Reading ofOne = CheckpointStore.reading(one.checkpoint());
        Reading ofOther = CheckpointStore.reading(other.checkpoint());
        try {
            return of(intact(one, watcher), intact(other, watcher));
        } finally {
            ofOther.close();
            ofOne.close();
        }
    }

    private static Path intact(GivenDirectory given, Verification.Watcher watcher)
            throws InspectionProblem, IOException {
        String name = given.checkpoint().getFileName().toString();
        return given.intactCheckpoint((done, total) -> watcher.read(name, done, total));
    }

    private static CheckpointDifference of(Path first, Path second) throws InspectionProblem, IOException {
        try {
            Manifest a = CheckpointStore.manifest(first);
            Manifest b = CheckpointStore.manifest(second);
            StateDifference state = StateDifference.of(first, second);
            return new CheckpointDifference(
                    GivenDirectory.row(first),
                    GivenDirectory.row(second),
                    state.tensors().stream().map(Tensor::of).toList(),
                    state.tensorsInBoth(),
                    state.onlyInFirst(),
                    state.onlyInSecond(),
                    state.position().stream().map(Place::of).toList(),
                    state.objects().stream().map(Place::of).toList(),
                    state.objectCount(),
                    state.unseeded().stream().map(Place::of).toList(),
                    differences(a.notes(), b.notes(), TIMES),
                    trainerState(first, second),
                    differences(a.fingerprint(), b.fingerprint(), Set.of()));
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        } catch (Unsupported e) {
            throw InspectionProblem.damaged(first + " or " + second + ": " + e.getMessage());
        }
    }

    private static List<Place> differences(Map<String, ?> first, Map<String, ?> second, Set<String> ignored) {
        Set<String> keys = new TreeSet<>(first.keySet());
        keys.addAll(second.keySet());
        List<Place> places = new ArrayList<>();
        for (String key : keys) {
            if (!ignored.contains(key) && !Objects.equals(first.get(key), second.get(key))) {
                places.add(new Place(key, text(first, key), text(second, key)));
            }
        }
        return places;
    }

    private static String text(Map<String, ?> values, String key) {
        return values.containsKey(key) ? String.valueOf(values.get(key)) : "-";
    }

    private static List<Place> trainerState(Path first, Path second) {
        List<Place> places = new ArrayList<>();
        compare("", TrainerNotes.of(first).values(), TrainerNotes.of(second).values(), places);
        return places;
    }

    private static void compare(String path, Object first, Object second, List<Place> places) {
        if (MEASURED.matcher(path).matches() || Objects.equals(first, second)) {
            return;
        } else if (first instanceof Map<?, ?> a && second instanceof Map<?, ?> b) {
            Set<String> keys = new TreeSet<>();
            a.keySet().forEach(k -> keys.add(k.toString()));
            b.keySet().forEach(k -> keys.add(k.toString()));
            keys.forEach(k -> compare(path.isEmpty() ? k : path + "." + k, a.get(k), b.get(k), places));
        } else if (first instanceof List<?> a && second instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                compare(path + "[" + i + "]", a.get(i), b.get(i), places);
            }
        } else {
            places.add(new Place(path, told(first), told(second)));
        }
    }

    private static String told(Object value) {
        return value instanceof List<?> list ? list.size() + " entries" : String.valueOf(value);
    }
}
