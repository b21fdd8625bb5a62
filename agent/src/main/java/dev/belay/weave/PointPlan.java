package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Where the points of one method are and what each hands over. Indices are numbered heads first, then calls, then exits. */
final class PointPlan {

    /**
     * @param exit instruction where the loop's normal exit leads to, or -1
     * @param exits the planned exits of this loop
     * @param iterationIsStep whether each back edge ends a step
     */
    record Head(PointShape shape, NaturalLoop loop, int exit, List<Exit> exits, boolean iterationIsStep) {}

    /**
     * A call at {@code at}.
     *
     * @param spilled all of the operand stack, bottom first, if it is needed; else empty
     * @param operands how many of these are the object of the call and its arguments, if it is one of the JDK that may call
     *     bodies of lambdas alone; else 0
     */
    record Call(PointShape shape, int at, List<SlotTypes.StackValue> spilled, int operands) {}

    /**
     * All edges that leave a loop for the instruction {@code target}.
     *
     * @param then point whose block comes between, as the same handler catches for another loop; or -1
     * @param test the first instruction of the test that all these edges fail, if the program can be sent back there; or -1
     */
    record Exit(PointShape shape, List<Edge> edges, int target, int then, int test) {

        /** Returns an instruction whose locals hold at all these edges. */
        int typesAt() {
            return test < 0 ? target : test;
        }
    }

    private final MethodNode method;
    private final MethodLoops loops;
    private final FlowGraph flow;
    private final Liveness liveness;
    private final SlotTypes types;
    private final PointShapes shapes;
    private final ExitPlan exits;
    private final Calls calls;
    private final boolean knownBodies;
    private final List<Head> heads = new ArrayList<>();
    private final List<Call> callPoints = new ArrayList<>();

    /** @param knownBodies whether the method makes no lambdas but those whose bodies are woven */
    PointPlan(String owner, MethodNode method, MethodLoops loops, Calls calls, boolean knownBodies) {
        this.method = method;
        this.knownBodies = knownBodies;
        this.loops = loops;
        this.flow = loops.flow();
        this.calls = calls;
        this.liveness = new Liveness(flow);
        this.types = new SlotTypes(owner, method, flow);
        this.shapes = new PointShapes(method, loops, types, calls);
        this.exits = new ExitPlan(loops, types, liveness, shapes);
        planCalls();
        loops.recognised().forEach(this::planHead);
        check();
    }

    private void planCalls() {
        // what runs before this() or super() returns has no activation; the stack audit refuses to save inside of it
        for (int i = types.superCall() + 1; i < flow.size(); i++) {
            if (flow.reachable(i) && calls.leads(flow.instruction(i))) {
                callPoints.add(call(i));
            }
        }
    }

    /** What a skipped call before this one left on the operand stack MUST be put back too: {@code a() + b()}. */
    private Call call(int at) {
        List<SlotTypes.StackValue> stack = types.stack(at);
        int arguments = arguments(flow.instruction(at));
        int below = stack.size() - arguments;
        boolean callsBodies = knownBodies && LambdaBodies.callsFunctions(flow.instruction(at));
        PointShape shape = shapes.of(shapes.next(), PointKind.CALL, at, liveness.after(at), -1);
        if (below <= 0 && !callsBodies) {
            return new Call(shape, at, List.of(), 0);
        }
        List<LocalShape> locals = new ArrayList<>(shape.locals());
        int slot = firstSpillSlot();
        for (int i = 0; i < below; i++) {
            SlotTypes.StackValue value = stack.get(i);
            if (value.saveable()) {
                locals.add(new LocalShape("stack" + i, slot, value.type().getDescriptor()));
            }
            slot += value.type().getSize();
        }
        PointShape whole = new PointShape(
                shape.index(),
                shape.kind(),
                shape.line(),
                locals,
                shape.around(),
                -1,
                false,
                shape.behindStep(),
                false);
        return new Call(whole, at, stack, callsBodies ? arguments : 0);
    }

    /** Returns how many values on the stack a call takes. */
    private static int arguments(AbstractInsnNode call) {
        if (!(call instanceof MethodInsnNode m)) {
            return 0;
        }
        return Type.getArgumentTypes(m.desc).length + (m.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
    }

    /** Returns the first local for operands that are put aside: behind the program's and the activation. */
    int firstSpillSlot() {
        return method.maxLocals + 1;
    }

    private void planHead(NaturalLoop loop) {
        boolean outer = loops.areWorthwhile() || loops.holdsPoints(loop, calls);
        boolean iterationIsStep = loops.iterationIsStep(loop, calls);
        int exit = new LoopExits(flow, types, loop).normal();
        int at = loop.head();
        if (!types.emptyStack(at)) {
            throw new NotWeavable("the operand stack is not empty at the head of its loop at line " + shapes.line(at));
        }
        List<Exit> ways = exits.of(loop);
        PointShape shape = shapes.of(
                shapes.head(loop),
                outer ? PointKind.OUTER : PointKind.LEAF,
                at,
                liveness.at(at),
                -1,
                iterationIsStep || loops.stepsItself(loop, calls),
                exit >= 0);
        heads.add(new Head(shape, loop, exit, ways, iterationIsStep));
    }

    /** Code before this() or super() MUST hold no loop: the object that it belongs to does not exist yet. */
    private void check() {
        if (heads.stream().anyMatch(h -> h.loop().head() < types.superCall())) {
            throw new NotWeavable("it trains before its constructor calls this() or super()");
        }
        for (int i = Math.max(0, types.superCall()); i < flow.size(); i++) {
            if (flow.instruction(i) instanceof FrameNode frame
                    && frame.local.stream().anyMatch(LabelNode.class::isInstance)) {
                throw new NotWeavable("it keeps an object in a local whose constructor has not run");
            }
        }
    }

    List<Head> heads() {
        return heads;
    }

    List<Call> calls() {
        return callPoints;
    }

    /** Returns the shapes of all points by index. */
    List<PointShape> shapes() {
        PointShape[] all = new PointShape[shapes.count()];
        heads.forEach(h -> all[h.shape().index()] = h.shape());
        callPoints.forEach(c -> all[c.shape().index()] = c.shape());
        heads.forEach(h -> h.exits().forEach(e -> all[e.shape().index()] = e.shape()));
        return List.of(all);
    }

    /** Returns whether it is found at run time which loops are step loops, so that points can be switched off. */
    boolean switchable() {
        return loops.areWorthwhile();
    }

    FlowGraph flow() {
        return flow;
    }

    SlotTypes types() {
        return types;
    }
}
