package dev.belay.weave;

import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Weaves the points at loop heads: a loop that was complete at the saved position is left from there. */
final class HeadWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final int activation;
    private final Frames frames;
    private final EdgeSplitter edges;
    private final NewBlocks blocks;

    HeadWeaver(Loom loom) {
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
        if (head.exit() >= 0 || !head.exits().isEmpty()) {
            LabelNode leave = new LabelNode();
            code.add(new InsnNode(Opcodes.DUP));
            code.add(PointCode.leave());
            code.add(new JumpInsnNode(Opcodes.IF_ACMPEQ, leave));
            leaveBlock(head, leave);
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

    /** leave: pop; switch (Points.landing(activation)) { case exit: …; default: the normal exit } */
    private void leaveBlock(PointPlan.Head head, LabelNode leave) {
        int at = head.loop().head();
        blocks.code().add(leave);
        blocks.code().add(frames.at(at, PointCode.OBJECTS));
        blocks.code().add(new InsnNode(Opcodes.POP));
        List<PointPlan.Exit> exits = head.exits();
        LabelNode normal = new LabelNode();
        if (!exits.isEmpty()) {
            LabelNode[] labels = exits.stream().map(e -> new LabelNode()).toArray(LabelNode[]::new);
            int[] keys = exits.stream().mapToInt(e -> e.shape().index()).toArray();
            blocks.code().add(new VarInsnNode(Opcodes.ALOAD, activation));
            blocks.code().add(PointCode.invoke("landing", "(Ljava/lang/Object;)I"));
            blocks.code().add(new LookupSwitchInsnNode(normal, keys, labels));
            blocks.end(leave, at);
            for (int i = 0; i < keys.length; i++) {
                branch(
                        at,
                        labels[i],
                        exits.get(i).typesAt(),
                        edges.block(exits.get(i).shape().index()));
            }
            if (head.exit() >= 0) {
                branch(at, normal, head.exit(), edges.label(head.exit()));
            } else {
                branch(at, normal, exits.get(0).typesAt(), edges.block(keys[0])); // never asked for
            }
        } else {
            branch(at, normal, head.exit(), edges.label(head.exit()));
        }
    }

    private void branch(int head, LabelNode start, int target, LabelNode to) {
        blocks.code().add(start);
        blocks.code().add(frames.at(head));
        LoopBranch.adjust(blocks.code(), frames.locals(head), frames.locals(target));
        blocks.code().add(new JumpInsnNode(Opcodes.GOTO, to));
        blocks.end(start, head, target);
    }
}
