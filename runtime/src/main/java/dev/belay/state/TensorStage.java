package dev.belay.state;

import java.lang.reflect.Array;
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

    /** Stages a primitive array; returns the name that it got. */
    String array(TensorFile file, String wanted, Object array) {
        String name = free(file, wanted);
        names.add(file + "/" + name);
        Class<?> component = array.getClass().getComponentType();
        int size = ArrayBytes.elementSize(component);
        int length = Array.getLength(array);
        List<ByteBuffer> staged = staging.take((long) length * size, size);
        int at = 0;
        for (ByteBuffer piece : staged) {
            int count = piece.capacity() / size;
            ArrayBytes.copyOut(array, at, count, piece.duplicate());
            at += count;
        }
        tensors.add(new StagedTensor(file, name, ArrayBytes.dtype(component), new long[] {length}, staged));
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
