package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies tensors into staging memory. */
final class TensorStage implements CaptureSink {

    /** Smaller ones are not worth to be told apart by whether they change. */
    private static final int LARGE_BYTES = 1 << 16;

    private final Staging staging;
    private final List<StagedTensor> tensors = new ArrayList<>();
    private final Map<TensorFile, Map<String, String>> aliases = new EnumMap<>(TensorFile.class);
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> repeated = new HashMap<>();

    TensorStage(Staging staging) {
        this.staging = staging;
        staging.reset();
    }

    @Override
    public void tensor(TensorFile file, String name, String dtype, long[] shape, List<ByteBuffer> views) {
        if (!names.add(file + "/" + name)) {
            throw new IllegalStateException("two tensors named " + name + " in " + file.fileName());
        }
        long bytes = views.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes != Dtype.valueOf(dtype).bytes(shape)) {
            throw new IllegalStateException("tensor " + name + " has " + bytes + " bytes, expected "
                    + Dtype.valueOf(dtype).bytes(shape));
        }
        List<ByteBuffer> staged = new ArrayList<>();
        for (ByteBuffer view : views) {
            ByteBuffer source = view.duplicate();
            for (ByteBuffer piece : staging.take(source.remaining(), 1)) {
                ByteBuffer slice = source.slice(source.position(), piece.capacity());
                piece.duplicate().put(slice);
                source.position(source.position() + piece.capacity());
                staged.add(piece);
            }
        }
        tensors.add(new StagedTensor(file, name, dtype, shape.clone(), staged));
    }

    @Override
    public void alias(TensorFile file, String name, String of) {
        aliases.computeIfAbsent(file, f -> new LinkedHashMap<>()).put(name, of);
    }

    @Override
    public void value(String key, Object value) {
        values.put(key, value.getClass().isArray() ? ArrayBytes.copy(value) : value);
    }

    /** Returns a name that no tensor of a file has yet. */
    String free(TensorFile file, String wanted) {
        String name = wanted;
        while (names.contains(file + "/" + name)) {
            name = wanted + "#" + repeated.merge(wanted, 1, Integer::sum);
        }
        return name;
    }

    /**
     * Stages arrays as one tensor.
     *
     * @param changing where it goes unless it is large and does not change
     * @param name as {@link #unique} returned it
     * @param shape dimensions, row-major
     */
    void arrays(TensorFile changing, String name, long[] shape, Elements elements) {
        tensors.add(
                isLarge(elements) ? large(changing, name, shape, elements) : small(changing, name, shape, elements));
    }

    /** Returns in which order rows are to be written: see {@link RowOrder}. */
    int[] arrange(String name, List<Object> rows, Elements elements) {
        return isLarge(elements)
                ? staging.copies().rows().arrange(name, rows)
                : java.util.stream.IntStream.range(0, rows.size()).toArray();
    }

    private static boolean isLarge(Elements elements) {
        return elements.bytes() >= LARGE_BYTES;
    }

    private StagedTensor large(TensorFile changing, String name, long[] shape, Elements elements) {
        ArrayCopy copy = staging.copies().update(name, elements);
        return new StagedTensor(
                copy.constant() ? TensorFile.DATA : changing,
                name,
                elements.dtype(),
                shape,
                copy.memory(),
                copy.inMemory() ? null : elements,
                copy.version());
    }

    private StagedTensor small(TensorFile changing, String name, long[] shape, Elements elements) {
        List<ByteBuffer> staged = staging.takeWithinLimit((int) elements.bytes(), elements.size());
        elements.rewind();
        staged.forEach(piece -> elements.read(piece.duplicate()));
        return new StagedTensor(changing, name, elements.dtype(), shape, staged, staged.isEmpty() ? elements : null, 0);
    }

    /**
     * Returns a name for arrays that nothing else has. They go from one file to another when they begin or cease to change:
     * the name is their own in both.
     */
    String unique(TensorFile changing, String wanted) {
        String name = wanted;
        while (names.contains(changing + "/" + name) || names.contains(TensorFile.DATA + "/" + name)) {
            name = wanted + "#" + repeated.merge(wanted, 1, Integer::sum);
        }
        names.add(changing + "/" + name);
        names.add(TensorFile.DATA + "/" + name);
        return name;
    }

    int count() {
        return tensors.size();
    }

    List<StagedTensor> tensors() {
        return tensors;
    }

    Map<TensorFile, Map<String, String>> aliases() {
        return aliases;
    }

    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
