package dev.belay.engine;

import dev.belay.loop.LoopBound;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopHead;
import dev.belay.loop.PointShape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How many steps a job makes in all, where its loops tell: those of an epoch times the epochs. Loops that count up to a limit
 * tell it at the first step; where the loop of the steps takes them from an iterator, the first epoch tells.
 */
final class AllSteps {

    /**
     * What is known at a point.
     *
     * @param steps all steps; empty where they are not known yet
     * @param never why they will not be known; empty where they may be
     * @param again whether the next point may tell, rather than the end of the epoch
     */
    record Known(OptionalLong steps, Optional<String> never, boolean again) {

        private static final Known AT_EPOCH = new Known(OptionalLong.empty(), Optional.empty(), false);
        private static final Known AT_NEXT_POINT = new Known(OptionalLong.empty(), Optional.empty(), true);

        private static Known of(long steps) {
            return new Known(OptionalLong.of(steps), Optional.empty(), false);
        }

        private static Known never(LoopFrame frame, PointShape head, String why) {
            String loop = "the loop at " + frame.method().readable() + " line " + head.line() + " ";
            return new Known(OptionalLong.empty(), Optional.of(loop + why), false);
        }
    }

    private static final String UNBOUNDED = "does not count to a constant, a local or a field that it leaves alone";

    private final StepCounter counter;
    private final Supplier<Set<LoopHead>> foundLoops;

    /** @param foundLoops the step loops that were found while the program runs */
    AllSteps(StepCounter counter, Supplier<Set<LoopHead>> foundLoops) {
        this.counter = counter;
        this.foundLoops = foundLoops;
    }

    /** Asks at a point that was just reached, after a step. */
    Known at(LoopFrame top) {
        for (LoopFrame frame = top; frame != null; frame = frame.parent().orElse(null)) {
            Optional<PointShape> epochs = head(frame, counter::isEpochLoop);
            if (epochs.isPresent()) {
                return inEpochs(top, frame, epochs.get());
            }
        }
        return counter.knowsEpochs() ? Known.AT_EPOCH : withoutEpochs(top);
    }

    private interface Kind {
        boolean is(String method, int head);
    }

    /** Returns the loop of a kind that an activation is in, or at the head of. */
    private static Optional<PointShape> head(LoopFrame frame, Kind kind) {
        List<PointShape> points = frame.method().points();
        String method = frame.method().key();
        return frame.at()
                .flatMap(at -> points.stream()
                        .filter(p -> p.isHead() && (p == at || at.around().contains(p.index())))
                        .filter(p -> kind.is(method, p.index()))
                        .findFirst());
    }

    private Known inEpochs(LoopFrame top, LoopFrame frame, PointShape epochs) {
        if (!epochs.around().isEmpty() || frame.insideLoop()) {
            return Known.never(frame, epochs, "is one of epochs, inside of another loop");
        }
        Optional<LoopBound> bound = frame.method().bound(epochs.index());
        Optional<Object[]> arrival = frame.arrival(epochs.index()).map(a -> a.locals());
        OptionalLong left = bound.isPresent() && arrival.isPresent()
                ? bound.get().left(epochs, arrival.get())
                : OptionalLong.empty();
        if (left.isEmpty()) {
            return Known.never(frame, epochs, UNBOUNDED);
        }
        OptionalLong perEpoch = counter.stepsPerEpoch();
        boolean begins = frame.at().filter(epochs::equals).isPresent() && counter.stepsInEpoch() == 0;
        if (!begins && perEpoch.isEmpty()) {
            perEpoch = stepsLeft(top, epochs, frame);
        }
        return perEpoch.isEmpty()
                ? Known.AT_EPOCH
                : Known.of(counter.steps() - counter.stepsInEpoch() + perEpoch.getAsLong() * left.getAsLong());
    }

    /** Returns the steps of this epoch, where the point is the head of its only loop of steps. */
    private OptionalLong stepsLeft(LoopFrame top, PointShape epochs, LoopFrame epochsIn) {
        PointShape at = top.at().orElseThrow();
        long loops =
                top.method().points().stream().filter(p -> isStepLoop(top, p)).count();
        int inner = at.around().isEmpty() ? -1 : at.around().get(at.around().size() - 1);
        boolean direct = top == epochsIn ? inner == epochs.index() : inner < 0;
        if (!isStepLoop(top, at) || loops != 1 || !direct) {
            return OptionalLong.empty();
        }
        OptionalLong left = left(top, at);
        return left.isEmpty() ? left : OptionalLong.of(counter.stepsInEpoch() + left.getAsLong());
    }

    private boolean isStepLoop(LoopFrame frame, PointShape p) {
        return p.isHead()
                && (p.steps()
                        || foundLoops.get().contains(new LoopHead(frame.method().key(), p.index())));
    }

    private static OptionalLong left(LoopFrame frame, PointShape head) {
        return frame.method()
                .bound(head.index())
                .filter(LoopBound::stepEach)
                .map(b -> b.left(head, frame.locals()))
                .orElse(OptionalLong.empty());
    }

    /** The loop of the steps is the outermost one. */
    private Known withoutEpochs(LoopFrame top) {
        PointShape at = top.at().orElseThrow();
        if (!isStepLoop(top, at)) {
            return Known.AT_NEXT_POINT;
        }
        OptionalLong left = left(top, at);
        return left.isPresent() ? Known.of(counter.steps() + left.getAsLong()) : Known.never(top, at, UNBOUNDED);
    }
}
