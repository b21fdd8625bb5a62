package dev.belay.engine;

import dev.belay.loop.BodyCall;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import dev.belay.state.FrameImage;
import dev.belay.state.HeapCapture;
import dev.belay.state.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captures what the bodies of lambdas returned to the calls of an activation. */
final class BodyImages {

    private static final int[] NONE = {};

    private final HeapCapture capture;

    BodyImages(HeapCapture capture) {
        this.capture = capture;
    }

    /**
     * The call that the activation stands at is made again, so it MUST get all that it got; of others only what trained is not
     * run again.
     *
     * @param called the activation above it, if there is one
     */
    List<FrameImage.BodyImage> of(LoopFrame frame, Optional<LoopFrame> called) {
        int at = frame.at().orElseThrow().index();
        List<FrameImage.BodyImage> images = trained(frame, at);
        if (called.filter(c -> c.method().body()).isEmpty()
                || frame.source(frame.at().get()) == null) {
            return images;
        }
        List<BodyCall> returned = frame.repeatable()
                .orElseThrow(() -> new Unsupported(
                        frame.method().readable(),
                        "there is no memory for what its lambdas returned; use a larger heap"));
        for (BodyCall body : returned) {
            int result = capture.passing(body.result());
            if (result < 0) {
                throw new Unsupported(
                        body.method().readable(),
                        "it returned a " + body.result().getClass().getName() + " to "
                                + frame.method().readable()
                                + ", which goes on with it inside of the JDK, where it cannot"
                                + " be put back; train in a loop instead");
            }
            images.add(image(at, body, arguments(body.method(), body.arguments()), result));
        }
        LoopFrame running = called.get();
        images.add(new FrameImage.BodyImage(
                at,
                running.method().key(),
                running.ordinal(),
                arguments(running.method(), running.arguments()),
                FrameImage.BodyImage.RUNNING));
        return images;
    }

    /** As above, of an activation that has ended. */
    List<FrameImage.BodyImage> ofEnded(LoopFrame frame) {
        return trained(frame, -1);
    }

    private List<FrameImage.BodyImage> trained(LoopFrame frame, int without) {
        List<FrameImage.BodyImage> images = new ArrayList<>();
        for (PointShape point : frame.method().points()) {
            for (BodyCall body : point.index() == without ? List.<BodyCall>of() : frame.ended(point.index())) {
                images.add(image(point.index(), body, NONE, capture.passing(body.result())));
            }
        }
        return images;
    }

    private int[] arguments(MethodShape body, Object[] arguments) {
        int[] nodes = new int[arguments.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = capture.local(body.readable() + "/argument " + i, arguments[i]);
        }
        return nodes;
    }

    private static FrameImage.BodyImage image(int call, BodyCall body, int[] arguments, int result) {
        return new FrameImage.BodyImage(call, body.method().key(), body.ordinal(), arguments, result);
    }
}
