package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Control flow of a method over its real instructions, with dominators (Cooper, Harvey, Kennedy: A Simple, Fast
 * Dominance Algorithm). Instructions are numbered by their index in the method; labels, frames and lines have no edges.
 */
final class FlowGraph {

    private static final int[] NONE = {};

    private final MethodNode method;
    private final AbstractInsnNode[] instructions;
    private final int[][] normal;
    private final int[][] exceptional;
    private final List<List<Integer>> predecessors = new ArrayList<>();
    private final int[] rank;
    private final int[] dominator;
    private int[] order = NONE;

    FlowGraph(MethodNode method) {
        this.method = method;
        this.instructions = method.instructions.toArray();
        int n = instructions.length;
        this.normal = new int[n][];
        this.exceptional = new int[n][];
        this.rank = new int[n];
        this.dominator = new int[n];
        for (int i = 0; i < n; i++) {
            predecessors.add(new ArrayList<>(2));
            exceptional[i] = NONE;
            normal[i] = isReal(i) ? successors(i) : NONE;
        }
        addHandlers();
        sort();
        dominate();
    }

    private boolean isReal(int i) {
        return instructions[i].getOpcode() >= 0;
    }

    /** Returns the first real instruction at or after an index; the number of instructions if there is none. */
    int real(int index) {
        int i = index;
        while (i < instructions.length && !isReal(i)) {
            i++;
        }
        return i;
    }

    int target(LabelNode label) {
        return real(method.instructions.indexOf(label));
    }

    private int[] successors(int i) {
        AbstractInsnNode insn = instructions[i];
        int op = insn.getOpcode();
        List<Integer> to = new ArrayList<>(2);
        if (op == Opcodes.JSR || op == Opcodes.RET) {
            throw new NotWeavable("it has subroutines (class file of Java 5 or older)");
        } else if (insn instanceof JumpInsnNode jump) {
            to.add(target(jump.label));
        } else if (insn instanceof TableSwitchInsnNode table) {
            table.labels.forEach(l -> to.add(target(l)));
            to.add(target(table.dflt));
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            lookup.labels.forEach(l -> to.add(target(l)));
            to.add(target(lookup.dflt));
        }
        if (fallsThrough(i) && real(i + 1) < instructions.length) {
            to.add(real(i + 1));
        }
        return to.stream().distinct().mapToInt(t -> t).toArray();
    }

    /** Returns whether the next instruction can follow this one without a jump. */
    boolean fallsThrough(int i) {
        int op = instructions[i].getOpcode();
        boolean ends = op == Opcodes.GOTO
                || op == Opcodes.TABLESWITCH
                || op == Opcodes.LOOKUPSWITCH
                || op == Opcodes.ATHROW
                || (op >= Opcodes.IRETURN && op <= Opcodes.RETURN);
        return !ends;
    }

    private void addHandlers() {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int handler = target(block.handler);
            int end = method.instructions.indexOf(block.end);
            for (int i = method.instructions.indexOf(block.start); i < end; i++) {
                if (isReal(i)) {
                    int[] more = Arrays.copyOf(exceptional[i], exceptional[i].length + 1);
                    more[more.length - 1] = handler;
                    exceptional[i] = more;
                }
            }
        }
    }

    /** Reverse post order over all edges from the first instruction. */
    private void sort() {
        Arrays.fill(rank, -1);
        List<Integer> post = new ArrayList<>();
        boolean[] seen = new boolean[instructions.length];
        Deque<int[]> stack = new ArrayDeque<>();
        int entry = real(0);
        stack.push(new int[] {entry, 0});
        seen[entry] = true;
        while (!stack.isEmpty()) {
            int[] top = stack.peek();
            int i = top[0];
            int edge = top[1]++;
            if (edge == normal[i].length + exceptional[i].length) {
                stack.pop();
                post.add(i);
                continue;
            }
            int to = edge < normal[i].length ? normal[i][edge] : exceptional[i][edge - normal[i].length];
            predecessors.get(to).add(i);
            if (!seen[to]) {
                seen[to] = true;
                stack.push(new int[] {to, 0});
            }
        }
        order = new int[post.size()];
        for (int k = 0; k < order.length; k++) {
            order[k] = post.get(order.length - 1 - k);
            rank[order[k]] = k;
        }
    }

    private void dominate() {
        Arrays.fill(dominator, -1);
        dominator[order[0]] = order[0];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int k = 1; k < order.length; k++) {
                int common = -1;
                for (int p : predecessors.get(order[k])) {
                    if (dominator[p] >= 0) {
                        common = common < 0 ? p : intersect(p, common);
                    }
                }
                if (dominator[order[k]] != common) {
                    dominator[order[k]] = common;
                    changed = true;
                }
            }
        }
    }

    private int intersect(int first, int second) {
        int a = first;
        int b = second;
        while (a != b) {
            while (rank[a] > rank[b]) {
                a = dominator[a];
            }
            while (rank[b] > rank[a]) {
                b = dominator[b];
            }
        }
        return a;
    }

    boolean reachable(int i) {
        return rank[i] >= 0;
    }

    /** Returns whether every path to {@code b} leads over {@code a}; both MUST be reachable. */
    boolean dominates(int a, int b) {
        int at = b;
        while (rank[at] > rank[a]) {
            at = dominator[at];
        }
        return at == a;
    }

    /** Returns the position of a reachable instruction in reverse post order. */
    int rank(int i) {
        return rank[i];
    }

    /** Returns the reachable instructions in reverse post order. */
    int[] order() {
        return order;
    }

    int[] normal(int i) {
        return normal[i];
    }

    int[] exceptional(int i) {
        return exceptional[i];
    }

    List<Integer> predecessors(int i) {
        return predecessors.get(i);
    }

    AbstractInsnNode instruction(int i) {
        return instructions[i];
    }

    int size() {
        return instructions.length;
    }
}
