package dev.belay.engine;

import dev.belay.state.StateDifference;
import dev.belay.state.TensorDifference;
import java.util.List;

/**
 * In what two checkpoints differ. What says nothing of the state is left out: who wrote them, when, and measured times.
 *
 * @param first as in a list
 * @param second as in a list
 * @param tensors those in both that differ
 * @param tensorsInBoth how many are in both
 * @param onlyInFirst names of tensors that only the first has
 * @param onlyInSecond names of tensors that only the second has
 * @param position where in the program they were saved
 * @param objects the first objects and values that differ
 * @param objectCount how many differ
 * @param unseeded generators of the JDK that each JVM seeds anew: they differ in any two runs, and are no difference
 * @param counters what a resume goes on from
 * @param trainerState keys of {@code trainer_state.json}
 * @param fingerprint what a resume is compared with: no part of the state
 */
public record CheckpointDifference(
        CheckpointRow first,
        CheckpointRow second,
        List<Tensor> tensors,
        int tensorsInBoth,
        List<String> onlyInFirst,
        List<String> onlyInSecond,
        List<Place> position,
        List<Place> objects,
        long objectCount,
        List<Place> unseeded,
        List<Place> counters,
        List<Place> trainerState,
        List<Place> fingerprint) {

    /** The largest differences of the numbers of a tensor; see {@link TensorDifference}. */
    public record Tensor(
            String name,
            String first,
            String second,
            boolean comparable,
            long elements,
            long different,
            double maxAbsolute,
            double maxRelative,
            long maxUlps) {

        /** Where {@link #maxUlps} has no meaning. */
        public static final long NO_ULPS = TensorDifference.NO_ULPS;

        static Tensor of(TensorDifference t) {
            return new Tensor(
                    t.name(),
                    t.first(),
                    t.second(),
                    t.comparable(),
                    t.elements(),
                    t.different(),
                    t.maxAbsolute(),
                    t.maxRelative(),
                    t.maxUlps());
        }
    }

    /**
     * One difference.
     *
     * @param path what differs
     * @param first what the first checkpoint has there; {@code -} for nothing
     * @param second what the second has
     */
    public record Place(String path, String first, String second) {

        static Place of(StateDifference.Place p) {
            return new Place(p.path(), p.first(), p.second());
        }
    }

    /** Returns whether the states are the same: a run goes on from either to the same result. */
    public boolean identical() {
        return tensors.isEmpty()
                && onlyInFirst.isEmpty()
                && onlyInSecond.isEmpty()
                && position.isEmpty()
                && objectCount == 0
                && counters.isEmpty()
                && trainerState.isEmpty();
    }
}
