package dev.belay.loop;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The check before each capture: a frame on the real stack that stands inside a loop without being a known activation
 * means that a resume could not come back to the same place.
 */
public final class StackAudit {

    private static final List<String> STARTS = List.of("java.lang.", "java.util.concurrent.", "jdk.internal.");

    private final LoopAtlas atlas;

    public StackAudit(LoopAtlas atlas) {
        this.atlas = atlas;
    }

    /**
     * Returns the loop, as {@code Class#method:line}, of the first frame of the calling thread that stands in a loop
     * which is not woven; empty if there is none.
     */
    public Optional<String> unknownLoop(LoopFrame top) {
        Map<String, Integer> known = new HashMap<>();
        for (LoopFrame f : top.stack()) {
            known.merge(f.method().key(), 1, Integer::sum);
        }
        List<RealStack.Frame> frames = withoutStart(RealStack.frames());
        Set<RealStack.Frame> repeated = repeated(frames, top);
        return frames.stream()
                .filter(f -> !isKnown(known, f.key()) && !repeated.contains(f))
                .map(f -> atlas.loopAt(f.owner(), f.method(), f.descriptor(), f.bytecodeIndex()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns the JDK's frames between a lambda's body and the activation that made the call, which MUST be repeatable. */
    private static Set<RealStack.Frame> repeated(List<RealStack.Frame> frames, LoopFrame top) {
        Set<RealStack.Frame> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
        LoopFrame next = top;
        LoopFrame body = null;
        for (RealStack.Frame frame : frames) {
            if (next != null && frame.key().equals(next.method().key())) {
                body = next.method().body() ? next : null;
                next = next.parent().orElse(null);
            } else if (body != null && next != null && frame.owner().getClassLoader() == null) {
                repeated.add(frame);
            }
        }
        return repeated;
    }

    /**
     * The JDK's frames below the program's first are how its thread was started: a pool's loop over its tasks is begun anew
     * by the fresh program, and a second task that trains on the same thread is seen by its activation. A parallel stream's
     * loop over elements is none of these.
     */
    private static List<RealStack.Frame> withoutStart(List<RealStack.Frame> frames) {
        int end = frames.size();
        while (end > 0 && startsThreads(frames.get(end - 1).owner())) {
            end--;
        }
        return frames.subList(0, end);
    }

    private static boolean startsThreads(Class<?> type) {
        return type.getClassLoader() == null && STARTS.stream().anyMatch(type.getName()::startsWith);
    }

    private static boolean isKnown(Map<String, Integer> known, String key) {
        Integer left = known.get(key);
        if (left == null || left == 0) {
            return false;
        }
        known.put(key, left - 1);
        return true;
    }
}
