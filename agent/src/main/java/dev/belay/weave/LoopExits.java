package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;

/**
 * Where a loop is left for. Edges that only lead to a throw are no exits: the loop did not complete there. If the throw is
 * caught in the method, the loop is left for the handler.
 */
final class LoopExits {

    private final FlowGraph flow;
    private final SlotTypes types;
    private final Map<Integer, List<Edge>> byTarget = new TreeMap<>();

    LoopExits(FlowGraph flow, SlotTypes types, NaturalLoop loop) {
        this.flow = flow;
        this.types = types;
        for (Edge exit : loop.exits()) {
            Edge edge = untilEmptyStack(exit);
            if (edge != null && !throwsOnly(edge.to())) {
                byTarget.computeIfAbsent(edge.to(), t -> new ArrayList<>()).add(edge);
            }
        }
    }

    /** Follows straight code until the operand stack is empty, where locals can be handed over; null if there is no such place. */
    private Edge untilEmptyStack(Edge exit) {
        Edge edge = exit;
        while (!types.emptyStack(edge.to())) {
            int[] next = flow.normal(edge.to());
            if (next.length != 1
                    || !flow.fallsThrough(edge.to())
                    || flow.predecessors(edge.to()).size() != 1) {
                return null;
            }
            edge = new Edge(edge.to(), next[0]);
        }
        return edge;
    }

    private boolean throwsOnly(int from) {
        int i = from;
        for (int steps = 0; steps < flow.size(); steps++) {
            if (flow.instruction(i).getOpcode() == Opcodes.ATHROW) {
                return true;
            } else if (flow.normal(i).length != 1) {
                return false;
            }
            i = flow.normal(i)[0];
        }
        return false;
    }

    /** Returns the edges by the instruction that they lead to. */
    Map<Integer, List<Edge>> byTarget() {
        return byTarget;
    }

    /**
     * Returns where exceptions of the loop are caught outside of it: the edge behind the instruction that takes the
     * exception off the stack. Handlers that cannot lead back to normal code are no such places.
     *
     * @param goesOn whether reaching an instruction is going on normally, besides a return
     */
    List<Edge> caught(NaturalLoop loop, IntPredicate goesOn) {
        Set<Integer> handlers = new TreeSet<>();
        loop.body().stream().forEach(i -> IntStream.of(flow.exceptional(i)).forEach(handlers::add));
        List<Edge> edges = new ArrayList<>();
        for (int handler : handlers) {
            int[] next = flow.normal(handler);
            if (!loop.contains(handler)
                    && next.length == 1
                    && flow.fallsThrough(handler)
                    && flow.predecessors(next[0]).size() == 1
                    && types.emptyStack(next[0])
                    && leadsOn(next[0], goesOn)) {
                edges.add(new Edge(handler, next[0]));
            }
        }
        return edges;
    }

    private boolean leadsOn(int from, IntPredicate goesOn) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(from));
        while (!work.isEmpty()) {
            int i = work.pop();
            int op = flow.instruction(i).getOpcode();
            if (goesOn.test(i) || (op >= Opcodes.IRETURN && op <= Opcodes.RETURN)) {
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

    /**
     * Returns where a loop goes on that ends because its condition fails: preferably not straight to a return, and
     * from the earliest test; -1 if the loop has no exit.
     */
    int normal() {
        int best = -1;
        long bestScore = Long.MAX_VALUE;
        for (Map.Entry<Integer, List<Edge>> e : byTarget.entrySet()) {
            int earliest = e.getValue().stream()
                    .mapToInt(edge -> flow.rank(edge.from()))
                    .min()
                    .orElseThrow();
            long score = earliest + (returnsValue(e.getKey()) ? (long) flow.size() : 0);
            if (score < bestScore) {
                bestScore = score;
                best = e.getKey();
            }
        }
        return best;
    }

    private boolean returnsValue(int from) {
        int i = from;
        for (int steps = 0; steps < flow.size(); steps++) {
            int op = flow.instruction(i).getOpcode();
            if (op >= Opcodes.IRETURN && op <= Opcodes.ARETURN) {
                return true;
            } else if (flow.normal(i).length != 1) {
                return false;
            }
            i = flow.normal(i)[0];
        }
        return false;
    }
}
