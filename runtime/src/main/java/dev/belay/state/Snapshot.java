package dev.belay.state;

import java.util.List;
import java.util.Map;

/** A consistent copy in memory, ready to be persisted by another thread. */
public final class Snapshot {

    private final HeapImage image;
    private final List<StagedTensor> tensors;
    private final Map<TensorFile, Map<String, String>> aliases;

    Snapshot(HeapImage image, List<StagedTensor> tensors, Map<TensorFile, Map<String, String>> aliases) {
        this.image = image;
        this.tensors = List.copyOf(tensors);
        this.aliases = Map.copyOf(aliases);
    }

    HeapImage image() {
        return image;
    }

    List<StagedTensor> tensors() {
        return tensors;
    }

    Map<String, String> aliases(TensorFile file) {
        return aliases.getOrDefault(file, Map.of());
    }

    /** Returns how many bytes the tensors hold. */
    public long tensorBytes() {
        return tensors.stream()
                .flatMap(t -> t.bytes().stream())
                .mapToLong(java.nio.ByteBuffer::capacity)
                .sum();
    }

    /** Returns how many objects the graph holds. */
    public int objects() {
        return image.nodes().size();
    }
}
