package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
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
    private final Landings landings;
    private final Handlers handlers;
    private final InsnList blocks = new InsnList();
    private final int firstSpill;
    private final boolean body;
    private final Set<Integer> evadable;
    private int spilledTo;

    /**
     * @param prologue puts the activation into its local, the first one that the method does not use
     * @param body whether it is the body of a lambda
     * @param evadable heads that a resume can jump to
     */
    MethodWeaver(MethodNode method, PointPlan plan, InsnList prologue, boolean body, Set<Integer> evadable) {
        this.body = body;
        this.evadable = evadable;
        this.method = method;
        this.plan = plan;
        this.prologue = prologue;
        this.activation = method.maxLocals;
        this.firstSpill = plan.firstSpillSlot();
        this.spilledTo = firstSpill;
        this.handlers = new Handlers(method);
        this.frames = new Frames(plan, activation);
        this.edges = new EdgeSplitter(method, plan.flow(), frames);
        this.landings = new Landings(frames, handlers, blocks, activation);
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
        List<Landings.Landing> inner = evadable(point.index());
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

    /** Returns the loops directly inside of another one, or of none, that a resume can jump to. */
    private List<Landings.Landing> evadable(int around) {
        return plan.heads().stream()
                .filter(h -> evadable.contains(h.shape().index()))
                .filter(h -> h.shape().around().isEmpty()
                        ? around < 0
                        : h.shape().around().get(h.shape().around().size() - 1) == around)
                .map(h -> new Landings.Landing(
                        h.shape().index(), h.loop().head(), edges.label(h.loop().head())))
                .toList();
    }

    /** leave: pop; then to where Points.landing(activation) says */
    private void leaveBlock(PointPlan.Head head, List<Landings.Landing> inner, LabelNode leave) {
        int at = head.loop().head();
        blocks.add(leave);
        blocks.add(frames.at(at, PointCode.OBJECTS));
        blocks.add(new InsnNode(Opcodes.POP));
        List<Landings.Landing> all = new ArrayList<>(inner);
        head.exits()
                .forEach(e -> all.add(new Landings.Landing(
                        e.shape().index(), e.typesAt(), edges.block(e.shape().index()))));
        Landings.Landing normal = head.exit() >= 0
                ? new Landings.Landing(-1, head.exit(), edges.label(head.exit()))
                : all.get(0); // never asked for
        landings.choose(at, leave, all, normal);
    }

    private void endBlock(LabelNode start, int... replaced) {
        landings.endBlock(start, replaced);
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
            List<Landings.Landing> first = evadable(-1);
            if (body) {
                BodyCode.called(prologue, method, frames.atStart(), activation);
            } else if (!first.isEmpty()) {
                landings.atStart(prologue, method, plan.flow().real(0), first);
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
