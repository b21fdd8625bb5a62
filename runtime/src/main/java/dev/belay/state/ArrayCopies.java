package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What all large arrays held at the last capture, by their tensors' names. Not thread-safe. */
final class ArrayCopies {

    private final Staging staging;
    private final Map<String, ArrayCopy> copies = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(1 << 16);
    private final RowOrder rows = new RowOrder();
    private Set<String> expected = Set.of();
    private long versions;

    ArrayCopies(Staging staging) {
        this.staging = staging;
    }

    /** Names those that did not change before this process began. */
    void expectConstant(Set<String> names) {
        expected = Set.copyOf(names);
    }

    RowOrder rows() {
        return rows;
    }

    void begin() {
        met.clear();
    }

    /** Returns the copy of a tensor, as it is now. */
    ArrayCopy update(String name, Elements elements) {
        ArrayCopy copy = copies.get(name);
        if (copy == null || !copy.fits(elements)) {
            if (copy != null) {
                staging.free(copy.memory());
            }
            copy = new ArrayCopy(elements, staging.keep(elements.bytes()), expected.contains(name));
            copies.put(name, copy);
        }
        met.add(name);
        copy.update(elements, scratch, () -> ++versions);
        return copy;
    }

    /** Forgets those that were not met since {@link #begin}. */
    void end() {
        copies.entrySet().removeIf(e -> {
            boolean gone = !met.contains(e.getKey());
            if (gone) {
                staging.free(e.getValue().memory());
            }
            return gone;
        });
        rows.retain(met);
        expected = Set.of();
    }
}
