package dev.belay.state;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A consistent copy in memory, ready to be persisted by another thread. What memory was too small for is still in the
 * program's own arrays: it is {@link #held}, and the program MUST stand still until {@link #awaitRelease} returns.
 */
public final class Snapshot {

    private final HeapImage image;
    private final List<StagedTensor> tensors;
    private final Map<TensorFile, Map<String, String>> aliases;
    private final List<Unordered> unordered;
    private final Set<String> heldFiles;
    private final CountDownLatch released = new CountDownLatch(1);

    Snapshot(
            HeapImage image,
            List<StagedTensor> tensors,
            Map<TensorFile, Map<String, String>> aliases,
            List<Unordered> unordered) {
        this.image = image;
        this.tensors = Stream.concat(
                        tensors.stream().filter(t -> t.file() != TensorFile.DATA),
                        tensors.stream() // the walk may come by another way next time
                                .filter(t -> t.file() == TensorFile.DATA)
                                .sorted(Comparator.comparing(StagedTensor::name)))
                .toList();
        this.aliases = Map.copyOf(aliases);
        this.unordered = List.copyOf(unordered);
        this.heldFiles = this.tensors.stream()
                .filter(t -> t.live() != null)
                .map(t -> t.file().fileName())
                .collect(Collectors.toCollection(HashSet::new));
        if (heldFiles.isEmpty()) {
            release();
        }
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

    boolean isHeld(TensorFile file) {
        return tensors.stream().anyMatch(t -> t.file() == file && t.live() != null);
    }

    /** Returns how many bytes are still in the program's own arrays. */
    public long held() {
        return tensors.stream()
                .filter(t -> t.live() != null)
                .mapToLong(StagedTensor::size)
                .sum();
    }

    /** Says that a file has all its bytes. To be called by the thread that writes. */
    public void written(String fileName) {
        heldFiles.remove(fileName);
        if (heldFiles.isEmpty()) {
            release();
        }
    }

    /** Says that nothing of the snapshot will be read any more. */
    public void release() {
        released.countDown();
    }

    /** Returns whether the program may change its arrays. */
    public boolean released() {
        return released.getCount() == 0;
    }

    /** Waits until the program may change its arrays. */
    public void awaitRelease() {
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns what names the content of a file: where it is equal for two snapshots of this process, the file's bytes are.
     * Empty if that is not known.
     */
    public Optional<Object> edition(String fileName) {
        List<StagedTensor> in = tensors.stream()
                .filter(t -> t.file().fileName().equals(fileName))
                .toList();
        if (in.isEmpty() || in.stream().anyMatch(t -> t.version() == 0)) {
            return Optional.empty();
        }
        return Optional.of(in.stream()
                .map(t ->
                        List.of(t.name(), t.dtype(), java.util.Arrays.toString(t.shape()), Long.toString(t.version())))
                .toList());
    }

    /** Returns the sets and maps of two and more elements whose order differs in every JVM. */
    public List<Unordered> unordered() {
        return unordered;
    }

    /** Returns how many bytes the tensors hold. */
    public long tensorBytes() {
        return tensors.stream().mapToLong(StagedTensor::size).sum();
    }

    /** Returns how many objects the graph holds. */
    public int objects() {
        return image.nodes().size();
    }
}
