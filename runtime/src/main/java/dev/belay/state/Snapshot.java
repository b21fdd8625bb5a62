package dev.belay.state;

import java.util.List;
import java.util.Map;

/** A consistent copy in memory, ready to be persisted by another thread. */
public final class Snapshot {

    private final HeapImage image;
    private final List<StagedTensor> tensors;
    private final Map<TensorFile, Map<String, String>> aliases;
    private final List<String> unordered;

    Snapshot(
            HeapImage image,
            List<StagedTensor> tensors,
            Map<TensorFile, Map<String, String>> aliases,
            List<String> unordered) {
        this.image = image;
        this.tensors = List.copyOf(tensors);
        this.aliases = Map.copyOf(aliases);
        this.unordered = List.copyOf(unordered);
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

    /** Returns the paths of maps whose keys hash by identity: their order differs in every JVM, with or without Belay. */
    public List<String> unordered() {
        return unordered;
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
