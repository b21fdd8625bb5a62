package dev.belay.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a checkpoint directory holds, for people: nothing of the program is loaded to make it.
 *
 * @param frames loop position, outermost activation first
 * @param objects how many objects the graph holds
 * @param files its tensor files
 */
public record StateSummary(List<Frame> frames, int objects, List<Tensors> files) {

    /**
     * One activation.
     *
     * @param method readable, e.g. {@code demo.DigitsCnn.train}
     * @param line source line, or 0 if it is unknown
     */
    public record Frame(String method, int line, List<Local> locals) {}

    /**
     * A local variable.
     *
     * @param text its value if it is a scalar, else its type
     */
    public record Local(String name, String text) {}

    /**
     * A tensor file.
     *
     * @param name file name
     * @param aliases other names of its tensors
     */
    public record Tensors(String name, List<Tensor> tensors, Map<String, String> aliases) {}

    /**
     * A tensor.
     *
     * @param dtype safetensors name
     * @param shape dimensions, row-major
     * @param bytes its size in the file
     */
    public record Tensor(String name, String dtype, List<Long> shape, long bytes) {}

    private static final int MAX_TEXT = 60;

    /**
     * Reads a summary; tensors' contents are not read, see {@link TensorStatistics}.
     *
     * @throws IOException if a file is missing or cannot be read
     * @throws Unsupported if a file is damaged or of another format
     */
    public static StateSummary of(Path directory) throws IOException {
        SavedState state = SavedState.open(directory);
        List<Frame> frames = new ArrayList<>();
        for (FrameImage f : state.frames()) {
            List<Local> locals = new ArrayList<>();
            for (int i = 0; i < f.locals().length; i++) {
                locals.add(new Local(f.names().get(i), text(state.image(), f.locals()[i])));
            }
            frames.add(new Frame(readable(f.method()), f.line(), locals));
        }
        List<Tensors> files = new ArrayList<>();
        state.files().forEach((kind, file) -> {
            List<Tensor> tensors = file.tensors().stream()
                    .map(t -> new Tensor(
                            t.name(),
                            t.dtype().name(),
                            LongStream.of(t.shape()).boxed().toList(),
                            t.bytes()))
                    .toList();
            files.add(new Tensors(kind.fileName(), tensors, Map.copyOf(file.aliases())));
        });
        return new StateSummary(frames, state.image().nodes().size(), files);
    }

    static String readable(String key) {
        int arguments = key.indexOf('(');
        return (arguments < 0 ? key : key.substring(0, arguments))
                .replace('/', '.')
                .replace('#', '.');
    }

    private static String text(HeapImage image, int number) {
        return number == 0 ? "null" : text(image.node(number));
    }

    /** Returns a value if it is a scalar, else a type. */
    static String text(HeapNode node) {
        if (node instanceof HeapNode.Value v) {
            return v.value() instanceof String s
                    ? '"' + shortened(s) + '"'
                    : shortened(v.value().toString());
        } else if (node instanceof HeapNode.Text t) {
            return shortened(t.text());
        } else if (node instanceof HeapNode.Constant c) {
            return c.name();
        } else if (node instanceof HeapNode.Type t) {
            return simple(t.name()) + ".class";
        } else if (node instanceof HeapNode.Primitives p) {
            return ArrayBytes.component(p.type()) + "[" + p.length() + "]";
        } else if (node instanceof HeapNode.Part p) {
            return ArrayBytes.component(p.type()) + "[" + p.length() + "]";
        } else if (node instanceof HeapNode.Matrix m) {
            return arrayType(m.type(), m.count());
        } else if (node instanceof HeapNode.References r) {
            return arrayType(r.type(), r.elements().length);
        }
        return simple(node.type());
    }

    /** {@code [[D} of 3 elements becomes {@code double[3][]}. */
    private static String arrayType(String type, int length) {
        int dimensions = type.lastIndexOf('[') + 1;
        String element = type.substring(dimensions);
        String name = element.startsWith("L")
                ? simple(element.substring(1, element.length() - 1))
                : ArrayBytes.component("[" + element).getName();
        return name + "[" + length + "]" + "[]".repeat(dimensions - 1);
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String shortened(String text) {
        String line = text.codePoints()
                .limit(MAX_TEXT + 1L)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
    }
}
