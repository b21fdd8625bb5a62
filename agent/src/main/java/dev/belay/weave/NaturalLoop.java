package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A loop of the control flow: all instructions that reach a back edge to its head without passing the head. */
final class NaturalLoop {

    private final int head;
    private final BitSet body = new BitSet();
    private final List<Edge> backEdges = new ArrayList<>();
    private final List<Edge> exits = new ArrayList<>();
    private int depth = 1;

    private NaturalLoop(int head) {
        this.head = head;
        body.set(head);
    }

    /**
     * Returns the loops of a method in the order of their heads. Only normal edges make back edges: javac lets its
     * handlers for monitors and finally cover themselves, and exception edges would turn them into loops.
     */
    static List<NaturalLoop> of(FlowGraph flow) {
        Map<Integer, NaturalLoop> byHead = new TreeMap<>();
        for (int i : flow.order()) {
            for (int to : flow.normal(i)) {
                if (flow.dominates(to, i)) {
                    byHead.computeIfAbsent(to, NaturalLoop::new).add(flow, new Edge(i, to));
                } else if (flow.rank(to) <= flow.rank(i) && isIrreducible(flow, i, to)) {
                    throw new NotWeavable("it has a loop with two entries");
                }
            }
        }
        List<NaturalLoop> loops = new ArrayList<>(byHead.values());
        for (NaturalLoop loop : loops) {
            loop.depth = (int) loops.stream().filter(l -> l.contains(loop.head)).count();
            loop.findExits(flow);
        }
        return loops;
    }

    /** A retreating edge in reverse post order closes a cycle only if its source can be reached from its target. */
    private static boolean isIrreducible(FlowGraph flow, int from, int to) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(to));
        while (!work.isEmpty()) {
            int i = work.pop();
            if (i == from) {
                return true;
            }
            for (int next : flow.normal(i)) {
                if (!seen.get(next)) {
                    seen.set(next);
                    work.push(next);
                }
            }
        }
        return false;
    }

    private void add(FlowGraph flow, Edge back) {
        backEdges.add(back);
        Deque<Integer> work = new ArrayDeque<>();
        if (!body.get(back.from())) {
            body.set(back.from());
            work.push(back.from());
        }
        while (!work.isEmpty()) {
            for (int p : flow.predecessors(work.pop())) {
                if (!body.get(p)) {
                    body.set(p);
                    work.push(p);
                }
            }
        }
    }

    private void findExits(FlowGraph flow) {
        for (int i = body.nextSetBit(0); i >= 0; i = body.nextSetBit(i + 1)) {
            for (int to : flow.normal(i)) {
                if (!body.get(to)) {
                    exits.add(new Edge(i, to));
                }
            }
        }
    }

    int head() {
        return head;
    }

    boolean contains(int instruction) {
        return body.get(instruction);
    }

    BitSet body() {
        return (BitSet) body.clone();
    }

    int size() {
        return body.cardinality();
    }

    List<Edge> backEdges() {
        return backEdges;
    }

    /** Returns the normal edges that leave the loop, in the order of their sources. */
    List<Edge> exits() {
        return exits;
    }

    /** Returns how deep it is nested, 1 being the outermost. */
    int depth() {
        return depth;
    }
}
