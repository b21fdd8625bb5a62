package dev.belay.adapter.djl;

import dev.belay.state.TensorFile;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a data loader had loaded ahead, but for the tensors' elements.
 *
 * @param file where these are; null for a loader that loads nothing ahead
 * @param name what their names begin with; the number of the batch and {@code .data} or {@code .labels} follow
 */
record SavedLoader(TensorFile file, String name, List<SavedBatch> batches) {

    static final SavedLoader LOADS_NOTHING_AHEAD = new SavedLoader(null, "", List.of());

    private static final String KIND = "LOADER";
    private static final String NONE = "-";

    /** @param indices of its samples in the data set, or null if the program's own loader does not tell */
    record SavedBatch(
            int size, long progress, long progressTotal, List<Long> indices, List<Part> data, List<Part> labels) {}

    /** @param label the name that the tensor had, or null */
    record Part(Layout layout, String label) {}

    static boolean isOne(String text) {
        return text.startsWith(KIND + "\n");
    }

    boolean isAhead() {
        return file != null;
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(KIND, file == null ? NONE : file.name(), name));
        for (SavedBatch b : batches) {
            lines.add(b.size + " " + b.progress + " " + b.progressTotal);
            lines.add(
                    b.indices == null
                            ? NONE
                            : b.indices.stream().map(String::valueOf).collect(Collectors.joining(",")));
            lines.add(parts(b.data));
            lines.add(parts(b.labels));
        }
        return String.join("\n", lines);
    }

    private static String parts(List<Part> parts) {
        return parts.stream()
                .map(p -> p.layout.text() + (p.label == null ? "" : "=" + encode(p.label)))
                .collect(Collectors.joining(" "));
    }

    private static String encode(String label) {
        return URLEncoder.encode(label, StandardCharsets.UTF_8);
    }

    static SavedLoader parse(String text) {
        Iterator<String> lines = Arrays.asList(text.split("\n", -1)).iterator();
        lines.next();
        String file = lines.next();
        String name = lines.next();
        List<SavedBatch> batches = new ArrayList<>();
        while (lines.hasNext()) {
            String[] sizes = lines.next().split(" ");
            batches.add(new SavedBatch(
                    Integer.parseInt(sizes[0]),
                    Long.parseLong(sizes[1]),
                    Long.parseLong(sizes[2]),
                    indices(lines.next()),
                    parts(lines.next()),
                    parts(lines.next())));
        }
        return new SavedLoader(file.equals(NONE) ? null : TensorFile.valueOf(file), name, batches);
    }

    private static List<Long> indices(String line) {
        return line.equals(NONE)
                ? null
                : words(line, ",").stream().map(Long::valueOf).toList();
    }

    private static List<Part> parts(String line) {
        return words(line, " ").stream()
                .map(word -> {
                    int end = word.indexOf('=');
                    return end < 0
                            ? new Part(Layout.parse(word), null)
                            : new Part(
                                    Layout.parse(word.substring(0, end)),
                                    URLDecoder.decode(word.substring(end + 1), StandardCharsets.UTF_8));
                })
                .toList();
    }

    private static List<String> words(String line, String separator) {
        return line.isEmpty() ? List.of() : List.of(line.split(separator));
    }
}
