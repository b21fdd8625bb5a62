package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A checkpoint that is never written: what an adapter and the graph of some locals held. For tests of adapters. */
public final class MemoryCheckpoint implements RestoreSource {

    private record Saved(String dtype, long[] shape, byte[] bytes) {}

    private final HeapImage image;
    private final ObjectPolicy policy;
    private final Map<String, Saved> tensors = new LinkedHashMap<>();
    private final Map<TensorFile, Map<String, String>> aliases = new LinkedHashMap<>();

    private MemoryCheckpoint(Snapshot snapshot, ObjectPolicy policy) {
        this.image = snapshot.image();
        this.policy = policy;
        for (TensorFile file : TensorFile.values()) {
            aliases.put(file, snapshot.aliases(file));
        }
        for (StagedTensor t : snapshot.tensors()) {
            byte[] bytes =
                    new byte[t.bytes().stream().mapToInt(ByteBuffer::remaining).sum()];
            ByteBuffer all = ByteBuffer.wrap(bytes);
            t.bytes().forEach(b -> all.put(b.duplicate()));
            tensors.put(key(t.file(), t.name()), new Saved(t.dtype(), t.shape(), bytes));
        }
    }

    private static ObjectPolicy policy(Adapter adapter) {
        return new ObjectPolicy(List.of("ai.djl."), List.of("com.sun.jna."), () -> List.of(adapter));
    }

    public static MemoryCheckpoint capture(Adapter adapter, Map<String, Object> locals) {
        adapter.settle();
        ObjectPolicy policy = policy(adapter);
        HeapCapture capture = new HeapCapture(policy, new Staging(), TensorFile.DATA);
        int[] nodes = new int[locals.size()];
        int i = 0;
        for (Map.Entry<String, Object> local : locals.entrySet()) {
            nodes[i++] = capture.local(local.getKey(), local.getValue());
        }
        capture.frame(new FrameImage("test", "", 0, 0, List.copyOf(locals.keySet()), nodes, List.of()));
        adapter.roots().forEach(capture::root);
        adapter.capture(capture.sink());
        return new MemoryCheckpoint(capture.finish(), policy);
    }

    /** Restores all but the generators; returns the locals. */
    public Object[] restore(Adapter adapter, Map<String, Object> locals) {
        adapter.prepare(this);
        HeapRestore restore =
                new HeapRestore(image, policy(adapter), getClass().getClassLoader(), this::readArrays, this);
        Object[] restored =
                restore.resume(image.frames().get(0), new ArrayList<>(locals.values()).toArray(), adapter.roots());
        adapter.restore(this);
        return restored;
    }

    private void readArrays(String name, List<HeapFill.Target> targets) {
        byte[] bytes = saved(TensorFile.DATA, name).bytes();
        for (HeapFill.Target t : targets) {
            Class<?> component = t.array().getClass().getComponentType();
            ByteBuffer from = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            from.position(Math.toIntExact(t.offset() * ArrayBytes.elementSize(component)));
            ArrayBytes.copyIn(from, t.array(), 0, java.lang.reflect.Array.getLength(t.array()));
        }
    }

    /** Returns the bytes of all tensors and the small values, to compare. */
    public Map<String, Object> contents() {
        Map<String, Object> all = new LinkedHashMap<>();
        tensors.forEach(
                (name, t) -> all.put(name, List.of(t.dtype(), Arrays.toString(t.shape()), ByteBuffer.wrap(t.bytes()))));
        image.values().forEach((k, v) -> {
            if (!k.startsWith(LiveContents.key(0).replace("0", ""))) { // numbered by the graph, whose size may differ
                all.put(k, comparable(v));
            }
        });
        return all;
    }

    /** Arrays are equal only to themselves. */
    private static Object comparable(Object value) {
        if (value instanceof int[] ints) {
            return Arrays.toString(ints);
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value instanceof double[] doubles ? Arrays.toString(doubles) : value;
    }

    public Map<String, String> aliases(TensorFile file) {
        return aliases.get(file);
    }

    public void drop(TensorFile file, String name) {
        if (tensors.remove(key(file, name)) == null) {
            throw new NoSuchElementException(name);
        }
    }

    /** Flips a bit in the middle of the first float: the lowest one can be lost again by rounding. */
    public void flipOneBit(TensorFile file, String name) {
        saved(file, name).bytes()[2] ^= 1;
    }

    private static String key(TensorFile file, String name) {
        return file.fileName() + "/" + name;
    }

    private Saved saved(TensorFile file, String name) {
        return Optional.ofNullable(tensors.get(key(file, name))).orElseThrow();
    }

    @Override
    public Set<String> tensors(TensorFile file) {
        String prefix = key(file, "");
        return tensors.keySet().stream()
                .filter(k -> k.startsWith(prefix))
                .map(k -> k.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public long[] shape(TensorFile file, String name) {
        return saved(file, name).shape();
    }

    @Override
    public String dtype(TensorFile file, String name) {
        return saved(file, name).dtype();
    }

    @Override
    public void read(TensorFile file, String name, List<ByteBuffer> destination) {
        ByteBuffer bytes = ByteBuffer.wrap(saved(file, name).bytes());
        for (ByteBuffer d : destination) {
            d.put(bytes.slice(bytes.position(), d.remaining()));
            bytes.position(bytes.position() + d.capacity());
        }
        if (bytes.hasRemaining()) {
            throw new IllegalStateException(name + " is longer than its destination");
        }
    }

    @Override
    public Optional<Object> value(String key) {
        return Optional.ofNullable(image.values().get(key));
    }

    @Override
    public Set<String> keys() {
        return image.values().keySet();
    }
}
