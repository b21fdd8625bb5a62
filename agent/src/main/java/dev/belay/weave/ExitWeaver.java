package dev.belay.weave;

import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Weaves the points on the edges that leave loops, and what happens on back edges. */
final class ExitWeaver {

    private final PointPlan plan;
    private final int activation;
    private final Frames frames;
    private final EdgeSplitter edges;
    private final NewBlocks blocks;

    ExitWeaver(Loom loom) {
        this.plan = loom.plan();
        this.activation = loom.activation();
        this.frames = loom.frames();
        this.edges = loom.edges();
        this.blocks = loom.blocks();
    }

    void exits(PointPlan.Head head) {
        for (PointPlan.Exit exit : head.exits()) {
            LabelNode block = edges.block(exit.shape().index());
            if (exit.then() < 0) {
                exit.edges().forEach(e -> edges.redirect(e, lastBlock(exit)));
            }
            LabelNode drop = new LabelNode();
            LabelNode go = new LabelNode();
            blocks.code().add(block);
            blocks.code().add(frames.at(exit.typesAt()));
            if (plan.switchable()) {
                PointCode.unlessActive(blocks.code(), exit.shape().index(), activation, go);
            }
            PointCode.handOver(blocks.code(), exit.shape(), activation);
            blocks.code().add(new InsnNode(Opcodes.DUP));
            blocks.code().add(new JumpInsnNode(Opcodes.IFNULL, drop));
            PointCode.takeBack(blocks.code(), exit.shape());
            blocks.code().add(drop);
            blocks.code().add(frames.at(exit.typesAt(), PointCode.OBJECTS));
            blocks.code().add(new InsnNode(Opcodes.POP));
            if (exit.test() >= 0) {
                blocks.code().add(new VarInsnNode(Opcodes.ALOAD, activation));
                blocks.code().add(PointCode.invoke("again", "(Ljava/lang/Object;)Z"));
                blocks.code().add(new JumpInsnNode(Opcodes.IFNE, edges.label(exit.test())));
                if (!plan.switchable()) {
                    blocks.code().add(frames.at(exit.typesAt()));
                }
            }
            if (plan.switchable()) {
                blocks.code().add(go);
                blocks.code().add(frames.at(exit.typesAt()));
            }
            LabelNode next = exit.then() < 0 ? edges.label(exit.target()) : edges.block(exit.then());
            blocks.code().add(new JumpInsnNode(Opcodes.GOTO, next));
            int[] replaced = IntStream.concat(
                            IntStream.of(exit.target()), exit.edges().stream().mapToInt(Edge::from))
                    .toArray();
            blocks.end(block, replaced);
        }
    }

    /** A handler that catches for several loops passes the blocks of all of them. */
    private LabelNode lastBlock(PointPlan.Exit first) {
        int last = first.shape().index();
        for (PointPlan.Head head : plan.heads()) {
            for (PointPlan.Exit exit : head.exits()) {
                last = exit.then() == last ? exit.shape().index() : last;
            }
        }
        return edges.block(last);
    }

    void backEdges(PointPlan.Head head) {
        if (!head.iterationIsStep() && !plan.switchable()) {
            return;
        }
        LabelNode block = new LabelNode();
        head.loop().backEdges().forEach(e -> edges.redirect(e, block));
        blocks.code().add(block);
        blocks.code().add(frames.at(head.loop().head()));
        if (plan.switchable()) {
            blocks.code().add(new VarInsnNode(Opcodes.ALOAD, activation));
            blocks.code().add(PointCode.number(head.shape().index()));
            blocks.code().add(PointCode.invoke("iterated", "(Ljava/lang/Object;I)V"));
        } else {
            blocks.code().add(PointCode.invoke("iterationEnded", "()V"));
        }
        blocks.code().add(new JumpInsnNode(Opcodes.GOTO, edges.label(head.loop().head())));
        blocks.end(block, head.loop().head());
    }
}
