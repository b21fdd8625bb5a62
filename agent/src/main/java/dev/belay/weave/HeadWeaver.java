package dev.belay.weave;

import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** Weaves the points at loop heads: a loop that was complete at the saved position is left from there. */
final class HeadWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final int activation;
    private final Frames frames;
    private final EdgeSplitter edges;
    private final NewBlocks blocks;
    private final Landings landings;

    HeadWeaver(Loom loom, Landings landings) {
        this.landings = landings;
        this.method = loom.method();
        this.plan = loom.plan();
        this.activation = loom.activation();
        this.frames = loom.frames();
        this.edges = loom.edges();
        this.blocks = loom.blocks();
    }

    void weave(PointPlan.Head head) {
        PointShape point = head.shape();
        int at = head.loop().head();
        InsnList code = new InsnList();
        LabelNode go = new LabelNode();
        if (plan.switchable()) {
            PointCode.unlessActive(code, point.index(), activation, go);
        } else if (point.kind() == PointKind.LEAF) {
            code.add(PointCode.flag());
            code.add(new JumpInsnNode(Opcodes.IFEQ, go));
        }
        LabelNode drop = new LabelNode();
        PointCode.handOver(code, point, activation);
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new JumpInsnNode(Opcodes.IFNULL, drop));
        List<Landings.Landing> inner = landings.inside(point.index());
        if (head.exit() >= 0 || !head.exits().isEmpty() || !inner.isEmpty()) {
            LabelNode leave = new LabelNode();
            code.add(new InsnNode(Opcodes.DUP));
            code.add(PointCode.leave());
            code.add(new JumpInsnNode(Opcodes.IF_ACMPEQ, leave));
            leaveBlock(head, inner, leave);
        }
        PointCode.takeBack(code, point);
        code.add(drop);
        code.add(frames.at(at, PointCode.OBJECTS));
        code.add(new InsnNode(Opcodes.POP));
        if (plan.switchable() || point.kind() == PointKind.LEAF) {
            code.add(go);
            code.add(frames.at(at));
        }
        method.instructions.insertBefore(plan.flow().instruction(at), code);
    }

    /** leave: pop; then to where Points.landing(activation) says */
    private void leaveBlock(PointPlan.Head head, List<Landings.Landing> inner, LabelNode leave) {
        int at = head.loop().head();
        blocks.code().add(leave);
        blocks.code().add(frames.at(at, PointCode.OBJECTS));
        blocks.code().add(new InsnNode(Opcodes.POP));
        List<Landings.Landing> all = new ArrayList<>(inner);
        head.exits()
                .forEach(e -> all.add(new Landings.Landing(
                        e.shape().index(), e.typesAt(), edges.block(e.shape().index()))));
        Landings.Landing normal = head.exit() >= 0
                ? new Landings.Landing(-1, head.exit(), edges.label(head.exit()))
                : all.get(0); // never asked for
        landings.choose(at, leave, all, normal);
    }
}
