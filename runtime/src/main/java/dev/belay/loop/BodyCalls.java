package dev.belay.loop;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the bodies of lambdas returned to the JDK's calls of one activation: a resume makes such a call again, and gives it
 * the same results without running the bodies. What the program has dropped is kept only while there is memory for it.
 * Confined to its thread.
 */
final class BodyCalls {

    /** A call that has called more bodies is not gone back into: all of them are given again, one by one. */
    private static final int MOST = 4096;

    private final Map<Integer, List<SoftReference<BodyCall>>> running = new HashMap<>();
    private final Map<Integer, List<BodyCall>> ended = new HashMap<>();
    private String method = "";
    private Object[] source;
    private int sourceOf = -1;

    void add(int call, BodyCall body) {
        List<SoftReference<BodyCall>> bodies = running.computeIfAbsent(call, c -> new ArrayList<>());
        if (bodies.size() < MOST) {
            bodies.add(new SoftReference<>(body));
        }
    }

    /** Returns what is still known of the bodies that a call has called. */
    List<BodyCall> returned(int call) {
        return running.getOrDefault(call, List.of()).stream()
                .map(SoftReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the bodies that trained and returned a plain value, of a call that has ended. */
    List<BodyCall> ended(int call) {
        return ended.getOrDefault(call, List.of());
    }

    /** A call has ended. */
    void end(int call) {
        if (!running.containsKey(call)) {
            return; // asked at each point that the activation reaches
        }
        List<BodyCall> kept = returned(call).stream()
                .filter(b -> b.trained() && isPlain(b.result()))
                .map(b -> new BodyCall(b.method(), b.ordinal(), new Object[0], true, b.result()))
                .toList();
        running.remove(call);
        if (!kept.isEmpty()) {
            ended.put(call, kept);
        }
    }

    private static boolean isPlain(Object result) {
        return result == null || result instanceof Number || result instanceof String;
    }

    /** The loop around a call goes on, or the call is made again. */
    void forget(int call) {
        running.remove(call);
        ended.remove(call);
    }

    /** The call that comes next, of a method of the JDK, goes over these objects and calls bodies; null if that is not known. */
    void goesOver(int call, String called, Object[] objects) {
        method = called;
        source = objects;
        sourceOf = call;
    }

    Object[] source(int call) {
        return sourceOf == call ? source : null;
    }

    boolean calls(int call, String called) {
        return sourceOf == call && method.equals(called);
    }
}
