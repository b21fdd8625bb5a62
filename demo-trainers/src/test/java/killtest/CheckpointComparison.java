package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says in what two checkpoints differ: tensors, optimizer slots, and the loop's state with its generators. */
final class CheckpointComparison {

    /** An array is in one of several files: whether it changed since the checkpoint before differs between equal runs. */
    private static final List<List<String>> TENSOR_FILES = List.of(
            List.of("model.safetensors", "arrays.safetensors", "data.safetensors"), List.of("optimizer.safetensors"));

    private CheckpointComparison() {}

    /** What {@code show} says of a checkpoint itself, and not of what is in it; tensors are compared byte for byte. */
    private static final List<String> OF_THE_CHECKPOINT =
            List.of("name", "bytes", "created", "seq", "parent", "attempt", "objects", "tensors");

    /** Returns one line for each difference; none if both continue to the same result. */
    static List<String> differences(Path one, Path other) {
        List<String> lines = tensorDifferences(one, other);
        try {
            long at = Files.mismatch(one.resolve("loop.kryo"), other.resolve("loop.kryo"));
            if (at >= 0) {
                lines.add("loop.kryo differs at byte " + at);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #differences}, for programs that keep measured times, as DJL's metrics do: no two of their runs have the
     * same objects. Position, locals, counters and fingerprint are compared as {@code show} prints them.
     */
    static List<String> differencesBesidesTimes(Path one, Path other) {
        List<String> lines = tensorDifferences(one, other);
        ObjectNode a = shown(one);
        ObjectNode b = shown(other);
        assertThat(a.has("position") && a.has("counters"))
                .as("what is shown: %s", a)
                .isTrue();
        for (ObjectNode node : List.of(a, b)) {
            ObjectNode counters = (ObjectNode) node.get("counters");
            assertThat(counters.remove(List.of("clock.started", "clock.saved")).has("steps"))
                    .as("what is shown: %s", node)
                    .isTrue();
        }
        a.fieldNames().forEachRemaining(field -> {
            if (!OF_THE_CHECKPOINT.contains(field) && !a.get(field).equals(b.get(field))) {
                lines.add(field + " is " + a.get(field) + " and " + b.get(field));
            }
        });
        return lines;
    }

    private static ObjectNode shown(Path checkpoint) {
        Outcome show = BelayCommand.run("show", "--json", checkpoint.toString()).outcome();
        assertThat(show.exit()).as("show: %s", show).isZero();
        try {
            return (ObjectNode) new ObjectMapper().readTree(show.stdout());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tensorDifferences(Path one, Path other) {
        try {
            List<String> lines = new ArrayList<>();
            for (List<String> files : TENSOR_FILES) {
                tensors(files, one, other, lines);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tensors(List<String> files, Path one, Path other, List<String> lines) throws IOException {
        Map<String, String> places = new TreeMap<>();
        Map<String, SafetensorsFile.Tensor> a = read(files, one, places);
        Map<String, SafetensorsFile.Tensor> b = read(files, other, places);
        places.forEach((name, file) -> {
            if (!a.containsKey(name) || !b.containsKey(name)) {
                lines.add(file + ": " + name + " is in one of them only");
            } else if (!a.get(name).sameAs(b.get(name))) {
                lines.add(file + ": " + name + " differs at byte "
                        + Arrays.mismatch(a.get(name).bytes(), b.get(name).bytes()));
            }
        });
    }

    /** Reads all tensors of some files, and notes where each is. */
    private static Map<String, SafetensorsFile.Tensor> read(
            List<String> files, Path checkpoint, Map<String, String> places) throws IOException {
        Map<String, SafetensorsFile.Tensor> all = new TreeMap<>();
        for (String file : files) {
            if (Files.exists(checkpoint.resolve(file))) {
                SafetensorsFile.read(checkpoint.resolve(file)).forEach((name, tensor) -> {
                    assertThat(all.put(name, tensor))
                            .as("%s in two files of %s", name, checkpoint)
                            .isNull();
                    places.put(name, file);
                });
            }
        }
        return all;
    }
}
