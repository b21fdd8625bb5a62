package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Weaves the planned points into one method. New blocks go to the method's end; nothing of the old code is moved. */
final class MethodWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final int number;
    private final int activation;
    private final Frames frames;
    private final EdgeSplitter edges;
    private final InsnList blocks = new InsnList();

    /** @param number what {@code Points.enter} gets */
    MethodWeaver(MethodNode method, PointPlan plan, int number) {
        this.method = method;
        this.plan = plan;
        this.number = number;
        this.activation = method.maxLocals;
        this.frames = new Frames(plan, activation);
        this.edges = new EdgeSplitter(method, plan.flow(), frames);
    }

    void weave() {
        frames.extendAll();
        countIterators();
        plan.heads().forEach(this::exits);
        plan.heads().forEach(this::backEdges);
        plan.heads().forEach(this::head);
        plan.calls().forEach(this::call);
        returns();
        enclose();
        method.maxLocals = activation + 1;
    }

    /** The iterator of a for-each loop that holds other points MUST be brought to its place on the way down. */
    private void countIterators() {
        List<AbstractInsnNode> original = List.of(method.instructions.toArray());
        for (int i = 0; i < original.size(); i++) {
            boolean makes = original.get(i) instanceof MethodInsnNode m && m.desc.equals("()Ljava/util/Iterator;");
            int next = makes ? plan.flow().real(i + 1) : original.size();
            if (next < original.size()
                    && original.get(next) instanceof VarInsnNode v
                    && v.getOpcode() == Opcodes.ASTORE
                    && isLoopIterator(v.var)) {
                method.instructions.insert(
                        original.get(i), PointCode.invoke("counting", "(Ljava/util/Iterator;)Ljava/util/Iterator;"));
            }
        }
    }

    private boolean isLoopIterator(int slot) {
        return plan.heads().stream()
                .filter(h -> h.shape().kind() == PointKind.OUTER)
                .flatMap(h -> h.shape().locals().stream())
                .anyMatch(l -> l.slot() == slot && l.descriptor().equals("Ljava/util/Iterator;"));
    }

    private void head(PointPlan.Head head) {
        PointShape point = head.shape();
        int at = head.loop().head();
        InsnList code = new InsnList();
        LabelNode go = new LabelNode();
        if (point.kind() == PointKind.LEAF) {
            code.add(PointCode.flag());
            code.add(new JumpInsnNode(Opcodes.IFEQ, go));
        }
        LabelNode drop = new LabelNode();
        PointCode.handOver(code, point, activation);
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new JumpInsnNode(Opcodes.IFNULL, drop));
        if (head.exit() >= 0) {
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
        if (point.kind() == PointKind.LEAF) {
            code.add(go);
            code.add(frames.at(at));
        }
        method.instructions.insertBefore(plan.flow().instruction(at), code);
    }

    /** leave: pop; switch (Points.landing(activation)) { case exit: …; default: the normal exit } */
    private void leaveBlock(PointPlan.Head head, LabelNode leave) {
        int at = head.loop().head();
        blocks.add(leave);
        blocks.add(frames.at(at, PointCode.OBJECTS));
        blocks.add(new InsnNode(Opcodes.POP));
        List<PointPlan.Exit> exits = head.exits();
        LabelNode normal = new LabelNode();
        if (!exits.isEmpty()) {
            LabelNode[] labels = exits.stream().map(e -> new LabelNode()).toArray(LabelNode[]::new);
            int[] keys = exits.stream().mapToInt(e -> e.shape().index()).toArray();
            blocks.add(new VarInsnNode(Opcodes.ALOAD, activation));
            blocks.add(PointCode.invoke("landing", "(Ljava/lang/Object;)I"));
            blocks.add(new LookupSwitchInsnNode(normal, keys, labels));
            for (int i = 0; i < keys.length; i++) {
                branch(at, labels[i], exits.get(i).target(), edges.block(exits.get(i).shape().index()));
            }
            branch(at, normal, head.exit(), edges.label(head.exit()));
        } else {
            LoopBranch.adjust(blocks, frames.locals(at), frames.locals(head.exit()));
            blocks.add(new JumpInsnNode(Opcodes.GOTO, edges.label(head.exit())));
        }
    }

    private void branch(int head, LabelNode start, int target, LabelNode to) {
        blocks.add(start);
        blocks.add(frames.at(head));
        LoopBranch.adjust(blocks, frames.locals(head), frames.locals(target));
        blocks.add(new JumpInsnNode(Opcodes.GOTO, to));
    }

    private void call(PointPlan.Call call) {
        InsnList code = new InsnList();
        PointCode.handOver(code, call.shape(), activation);
        PointCode.takeBack(code, call.shape());
        code.add(new InsnNode(Opcodes.POP));
        method.instructions.insertBefore(plan.flow().instruction(call.at()), code);
    }

    private void exits(PointPlan.Head head) {
        for (PointPlan.Exit exit : head.exits()) {
            LabelNode block = edges.block(exit.shape().index());
            exit.edges().forEach(e -> edges.redirect(e, block));
            LabelNode drop = new LabelNode();
            blocks.add(block);
            blocks.add(frames.at(exit.target()));
            PointCode.handOver(blocks, exit.shape(), activation);
            blocks.add(new InsnNode(Opcodes.DUP));
            blocks.add(new JumpInsnNode(Opcodes.IFNULL, drop));
            PointCode.takeBack(blocks, exit.shape());
            blocks.add(drop);
            blocks.add(frames.at(exit.target(), PointCode.OBJECTS));
            blocks.add(new InsnNode(Opcodes.POP));
            blocks.add(new JumpInsnNode(Opcodes.GOTO, edges.label(exit.target())));
        }
    }

    private void backEdges(PointPlan.Head head) {
        if (!head.iterationIsStep()) {
            return;
        }
        LabelNode block = new LabelNode();
        head.loop().backEdges().forEach(e -> edges.redirect(e, block));
        blocks.add(block);
        blocks.add(frames.at(head.loop().head()));
        blocks.add(PointCode.invoke("iterationEnded", "()V"));
        blocks.add(new JumpInsnNode(Opcodes.GOTO, edges.label(head.loop().head())));
    }

    private void returns() {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                InsnList code = new InsnList();
                PointCode.exit(code, activation);
                method.instructions.insertBefore(insn, code);
            }
        }
    }

    /** Enters at the start, or after this() or super(), and leaves on every exception. */
    private void enclose() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        InsnList prologue = new InsnList();
        PointCode.enter(prologue, number, activation);
        prologue.add(start);
        int superCall = plan.types().superCall();
        if (superCall >= 0) {
            method.instructions.insert(plan.flow().instruction(superCall), prologue);
        } else {
            method.instructions.insert(prologue);
        }
        method.instructions.add(blocks);
        method.instructions.add(end);
        method.instructions.add(frames.handler());
        InsnList handler = new InsnList();
        PointCode.exit(handler, activation);
        handler.add(new InsnNode(Opcodes.ATHROW));
        method.instructions.add(handler);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, end, null));
    }

    /** Returns the locals of a shape, for people. */
    static String describe(PointShape point) {
        String locals = String.join(", ", point.locals().stream().map(LocalShape::name).toList());
        return point.kind() + " line " + point.line() + " (" + locals + ")";
    }
}
