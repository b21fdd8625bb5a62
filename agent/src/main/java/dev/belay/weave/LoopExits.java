package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;

/** Where a loop is left for. Edges that only lead to a throw are no exits: the loop did not complete there. */
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
            if (next.length != 1 || !flow.fallsThrough(edge.to()) || flow.predecessors(edge.to()).size() != 1) {
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
     * Returns where a loop goes on that ends because its condition fails: preferably not straight to a return, and
     * from the earliest test; -1 if the loop has no exit.
     */
    int normal() {
        int best = -1;
        long bestScore = Long.MAX_VALUE;
        for (Map.Entry<Integer, List<Edge>> e : byTarget.entrySet()) {
            int earliest = e.getValue().stream().mapToInt(edge -> flow.rank(edge.from())).min().orElseThrow();
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
