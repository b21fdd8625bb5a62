package dev.belay.weave;

import dev.belay.loop.PointShape;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Tells which loops a program may go past: whether it comes from the head of the loop around it, or from where the method
 * begins, to the loop's own head is decided by the code in between. A resume can jump over that code.
 */
final class WaysPast {

    private final MethodNode method;
    private final PointPlan plan;
    private final FlowGraph flow;

    WaysPast(MethodNode method, PointPlan plan) {
        this.method = method;
        this.plan = plan;
        this.flow = plan.flow();
    }

    /** Returns the points of their heads. */
    Set<Integer> heads() {
        Set<Integer> heads = new HashSet<>();
        for (PointPlan.Head head : plan.heads()) {
            boolean fromStart = head.shape().around().isEmpty();
            boolean enters = !fromStart || plan.types().superCall() < 0;
            if (enters && !locked(head.loop().head()) && leadsPast(head.loop(), around(head.shape()))) {
                heads.add(head.shape().index());
            }
        }
        return heads;
    }

    private Optional<NaturalLoop> around(PointShape head) {
        List<Integer> around = head.around();
        return around.isEmpty()
                ? Optional.empty()
                : plan.heads().stream()
                        .filter(h -> h.shape().index() == around.get(around.size() - 1))
                        .map(PointPlan.Head::loop)
                        .findFirst();
    }

    private boolean leadsPast(NaturalLoop loop, Optional<NaturalLoop> around) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>();
        around.ifPresentOrElse(l -> begin(l, work), () -> work.push(flow.real(0)));
        while (!work.isEmpty()) {
            int at = work.pop();
            if (at == loop.head() || seen.get(at)) {
                continue;
            }
            seen.set(at);
            boolean ends = flow.normal(at).length == 0;
            boolean left = around.filter(l -> !l.contains(at) || l.head() == at).isPresent();
            if (ends || left) {
                return true;
            }
            for (int next : flow.normal(at)) {
                work.push(next);
            }
        }
        return false;
    }

    /** Begins behind the test at the head, where it reads nothing but numbers, or an iterator that is brought to its place. */
    private void begin(NaturalLoop around, Deque<Integer> work) {
        int at = around.head();
        while (isPlain(at) && flow.normal(at).length == 1 && flow.fallsThrough(at)) {
            at = flow.normal(at)[0];
        }
        boolean tested = flow.normal(at).length == 2 && at != around.head();
        for (int next : flow.normal(at)) {
            if (!tested || around.contains(next)) {
                work.push(next);
            }
        }
    }

    private boolean isPlain(int at) {
        AbstractInsnNode insn = flow.instruction(at);
        int op = insn.getOpcode();
        boolean reads = op >= Opcodes.NOP && op <= Opcodes.ALOAD;
        boolean computes = op >= Opcodes.POP && op <= Opcodes.IINC || op >= Opcodes.I2L && op <= Opcodes.DCMPG;
        return reads
                || computes
                || op == Opcodes.ARRAYLENGTH
                || insn instanceof MethodInsnNode m && m.owner.equals("java/util/Iterator") && m.name.equals("hasNext");
    }

    /** Returns whether the program holds a monitor here: a handler that covers it gives it back. */
    private boolean locked(int at) {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            boolean covers =
                    method.instructions.indexOf(block.start) <= at && at < method.instructions.indexOf(block.end);
            if (block.type == null && covers && unlocks(flow.target(block.handler))) {
                return true;
            }
        }
        return false;
    }

    private boolean unlocks(int handler) {
        int at = handler;
        for (int i = 0; i < flow.size(); i++) {
            if (flow.instruction(at).getOpcode() == Opcodes.MONITOREXIT) {
                return true;
            } else if (flow.normal(at).length != 1) {
                return false;
            }
            at = flow.normal(at)[0];
        }
        return false;
    }
}
