package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.Unsupported;
import java.util.Optional;

/** What MUST hold at a run's first step, so that it is refused then and not after hours. */
final class FirstStep {

    private FirstStep() {}

    /**
     * Returns why the run cannot be saved; empty if nothing speaks against it yet.
     *
     * @param innermost the activation that the step was called from
     */
    static Optional<Unsupported> refusal(Optional<LoopFrame> innermost, StepCounter counter, Settings settings) {
        if (innermost.filter(FirstStep::standsInLoop).isEmpty()) {
            return Optional.of(new Unsupported(
                    "the training step",
                    "it was not called from a loop that Belay knows (a lambda given to forEach or a stream, say); name"
                            + " the loop around it with loop=package.Class#method"));
        }
        if (!counter.knowsEpochs() && settings.epochRequired()) {
            return Optional.of(new Unsupported(
                    "save_strategy=epoch", "no loop was found around the step loop; use save_strategy=steps or time"));
        }
        return Optional.empty();
    }

    private static boolean standsInLoop(LoopFrame innermost) {
        boolean atHead = innermost.at().map(PointShape::isHead).orElse(false);
        return atHead
                || innermost.insideLoop()
                || innermost.at().filter(p -> !p.around().isEmpty()).isPresent();
    }
}
