package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import dev.belay.state.Unsupported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where tensors are in memory, and whether two of them are in the same place. */
final class SharedMemory {

    /** A piece of memory, the end excluded. */
    private record Region(String name, boolean loose, long from, long to) {

        boolean overlaps(Region other) {
            return from < other.to && other.from < to;
        }
    }

    private final TensorEngine engine;
    private final List<Region> regions = new ArrayList<>();

    SharedMemory(TensorEngine engine) {
        this.engine = engine;
    }

    /**
     * Adds a tensor.
     *
     * @param loose whether it is one of the program's own, and not a trainer's
     */
    void add(String name, NDArray array, boolean loose) {
        regions.add(region(name, array, loose));
    }

    boolean overlaps(NDArray array) {
        Region region = region("", array, true);
        return regions.stream().anyMatch(region::overlaps);
    }

    private Region region(String name, NDArray array, boolean loose) {
        long bytes = array.size() * array.getDataType().getNumOfBytes();
        long from = bytes == 0 ? 0 : engine.address(array);
        return new Region(name, loose, from, from + bytes);
    }

    /** Tensors that share memory would be restored as two: what is written to one would not be seen in the other. */
    void refuseOverlaps() {
        regions.sort(Comparator.comparingLong(Region::from));
        Region last = null; // the one that reaches farthest so far
        for (Region r : regions) {
            if (last != null && last.overlaps(r) && (r.loose || last.loose)) {
                throw new Unsupported(
                        r.loose ? r.name : last.name,
                        "it shares memory with " + (r.loose ? last.name : r.name)
                                + ", which would end with a resume; keep a duplicate() of it");
            }
            last = last == null || r.to > last.to ? r : last;
        }
    }
}
