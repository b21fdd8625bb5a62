package killtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Says in what two checkpoints differ: tensors, optimizer slots, and the loop's state with its generators. */
final class CheckpointComparison {

    private static final List<String> TENSOR_FILES =
            List.of("model.safetensors", "optimizer.safetensors", "data.safetensors");

    private CheckpointComparison() {}

    /** Returns one line for each difference; none if both continue to the same result. */
    static List<String> differences(Path one, Path other) {
        List<String> lines = new ArrayList<>();
        try {
            for (String file : TENSOR_FILES) {
                if (Files.exists(one.resolve(file)) != Files.exists(other.resolve(file))) {
                    lines.add(file + " is in one of them only");
                } else if (Files.exists(one.resolve(file))) {
                    tensors(file, one, other, lines);
                }
            }
            long at = Files.mismatch(one.resolve("loop.kryo"), other.resolve("loop.kryo"));
            if (at >= 0) {
                lines.add("loop.kryo differs at byte " + at);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tensors(String file, Path one, Path other, List<String> lines) throws IOException {
        Map<String, SafetensorsFile.Tensor> a = SafetensorsFile.read(one.resolve(file));
        Map<String, SafetensorsFile.Tensor> b = SafetensorsFile.read(other.resolve(file));
        TreeSet<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        for (String name : names) {
            if (!a.containsKey(name) || !b.containsKey(name)) {
                lines.add(file + ": " + name + " is in one of them only");
            } else if (!a.get(name).sameAs(b.get(name))) {
                lines.add(file + ": " + name + " differs at byte "
                        + Arrays.mismatch(a.get(name).bytes(), b.get(name).bytes()));
            }
        }
    }
}
