package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Weaves the planned points into one method. New blocks go to the method's end; nothing of the old code is moved. */
final class MethodWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final InsnList prologue;
    private final int activation;
    private final Frames frames;
    private final EdgeSplitter edges;
    private final Handlers handlers;
    private final InsnList blocks = new InsnList();
    private final int firstSpill;
    private final boolean body;
    private int spilledTo;

    /**
     * @param prologue puts the activation into its local, the first one that the method does not use
     * @param body whether it is the body of a lambda
     */
    MethodWeaver(MethodNode method, PointPlan plan, InsnList prologue, boolean body) {
        this.body = body;
        this.method = method;
        this.plan = plan;
        this.prologue = prologue;
        this.activation = method.maxLocals;
        this.firstSpill = plan.firstSpillSlot();
        this.spilledTo = firstSpill;
        this.handlers = new Handlers(method);
        this.frames = new Frames(plan, activation);
        this.edges = new EdgeSplitter(method, plan.flow(), frames);
    }

    void weave() {
        frames.extendAll();
        new IteratorWeaver(method, plan, activation).weave();
        plan.heads().forEach(this::exits);
        plan.heads().forEach(this::backEdges);
        plan.heads().forEach(this::head);
        plan.calls().forEach(this::call);
        returns();
        enclose();
        method.maxLocals = spilledTo;
    }

    private void head(PointPlan.Head head) {
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
            endBlock(leave, at);
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
        blocks.add(start);
        blocks.add(frames.at(head));
        LoopBranch.adjust(blocks, frames.locals(head), frames.locals(target));
        blocks.add(new JumpInsnNode(Opcodes.GOTO, to));
        endBlock(start, head, target);
    }

    private void endBlock(LabelNode start, int... replaced) {
        LabelNode end = new LabelNode();
        blocks.add(end);
        handlers.cover(start, end, replaced);
    }

    private void call(PointPlan.Call call) {
        InsnList code = new InsnList();
        InsnList reload = new InsnList();
        int slot = firstSpill;
        for (SlotTypes.StackValue value : call.spilled()) {
            code.insert(new VarInsnNode(value.type().getOpcode(Opcodes.ISTORE), slot)); // the top comes first
            reload.add(new VarInsnNode(value.type().getOpcode(Opcodes.ILOAD), slot));
            slot += value.type().getSize();
        }
        spilledTo = Math.max(spilledTo, slot);
        if (call.operands() > 0) {
            operands(code, call, slot);
        }
        PointCode.handOver(code, call.shape(), activation);
        PointCode.takeBack(code, call.shape());
        code.add(new InsnNode(Opcodes.POP));
        code.add(reload);
        Optional<List<Object>> stack = plan.switchable() ? plan.types().stackMapStack(call.at()) : Optional.empty();
        if (stack.isPresent()) { // elsewhere the point itself finds that it has nothing to do
            LabelNode go = new LabelNode();
            InsnList test = new InsnList();
            PointCode.unlessActive(test, call.shape().index(), activation, go);
            code.insert(test);
            code.add(go);
            code.add(frames.at(call.at(), stack.get().toArray()));
        }
        method.instructions.insertBefore(plan.flow().instruction(call.at()), code);
    }

    /** Points.calls(activation, point, name of the method, operands) */
    private void operands(InsnList code, PointPlan.Call call, int end) {
        List<SlotTypes.StackValue> all = call.spilled();
        List<SlotTypes.StackValue> operands = all.subList(all.size() - call.operands(), all.size());
        int slot = end - operands.stream().mapToInt(v -> v.type().getSize()).sum();
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(PointCode.number(call.shape().index()));
        code.add(new LdcInsnNode(((MethodInsnNode) plan.flow().instruction(call.at())).name));
        code.add(PointCode.boxed(
                operands.stream().map(SlotTypes.StackValue::type).toList(), slot));
        code.add(PointCode.invoke("calls", "(Ljava/lang/Object;ILjava/lang/String;" + PointCode.OBJECTS + ")V"));
    }

    private void exits(PointPlan.Head head) {
        for (PointPlan.Exit exit : head.exits()) {
            LabelNode block = edges.block(exit.shape().index());
            if (exit.then() < 0) {
                exit.edges().forEach(e -> edges.redirect(e, lastBlock(exit)));
            }
            LabelNode drop = new LabelNode();
            LabelNode go = new LabelNode();
            blocks.add(block);
            blocks.add(frames.at(exit.typesAt()));
            if (plan.switchable()) {
                PointCode.unlessActive(blocks, exit.shape().index(), activation, go);
            }
            PointCode.handOver(blocks, exit.shape(), activation);
            blocks.add(new InsnNode(Opcodes.DUP));
            blocks.add(new JumpInsnNode(Opcodes.IFNULL, drop));
            PointCode.takeBack(blocks, exit.shape());
            blocks.add(drop);
            blocks.add(frames.at(exit.typesAt(), PointCode.OBJECTS));
            blocks.add(new InsnNode(Opcodes.POP));
            if (exit.test() >= 0) {
                blocks.add(new VarInsnNode(Opcodes.ALOAD, activation));
                blocks.add(PointCode.invoke("again", "(Ljava/lang/Object;)Z"));
                blocks.add(new JumpInsnNode(Opcodes.IFNE, edges.label(exit.test())));
                if (!plan.switchable()) {
                    blocks.add(frames.at(exit.typesAt()));
                }
            }
            if (plan.switchable()) {
                blocks.add(go);
                blocks.add(frames.at(exit.typesAt()));
            }
            LabelNode next = exit.then() < 0 ? edges.label(exit.target()) : edges.block(exit.then());
            blocks.add(new JumpInsnNode(Opcodes.GOTO, next));
            int[] replaced = IntStream.concat(
                            IntStream.of(exit.target()), exit.edges().stream().mapToInt(Edge::from))
                    .toArray();
            endBlock(block, replaced);
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

    private void backEdges(PointPlan.Head head) {
        if (!head.iterationIsStep() && !plan.switchable()) {
            return;
        }
        LabelNode block = new LabelNode();
        head.loop().backEdges().forEach(e -> edges.redirect(e, block));
        blocks.add(block);
        blocks.add(frames.at(head.loop().head()));
        if (plan.switchable()) {
            blocks.add(new VarInsnNode(Opcodes.ALOAD, activation));
            blocks.add(PointCode.number(head.shape().index()));
            blocks.add(PointCode.invoke("iterated", "(Ljava/lang/Object;I)V"));
        } else {
            blocks.add(PointCode.invoke("iterationEnded", "()V"));
        }
        blocks.add(new JumpInsnNode(Opcodes.GOTO, edges.label(head.loop().head())));
        endBlock(block, head.loop().head());
    }

    private void returns() {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                InsnList code = new InsnList();
                if (body) {
                    BodyCode.returns(code, method, activation);
                }
                PointCode.exit(code, activation);
                method.instructions.insertBefore(insn, code);
            }
        }
    }

    /** Enters at the start, or after this() or super(), and leaves on every exception. */
    private void enclose() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        prologue.add(start);
        int superCall = plan.types().superCall();
        if (superCall >= 0) {
            method.instructions.insert(plan.flow().instruction(superCall), prologue);
        } else {
            if (body) {
                BodyCode.called(prologue, method, frames.atStart(), activation);
            }
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
        String locals =
                String.join(", ", point.locals().stream().map(LocalShape::name).toList());
        return point.kind() + " line " + point.line() + " (" + locals + ")";
    }
}
