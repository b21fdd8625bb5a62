package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final SourceNames names;
    private final FlowGraph flow;
    private final Liveness liveness;
    private final SlotTypes types;
    private final Monitors monitors;
    private final Calls calls;
    private final boolean knownBodies;
    private final List<Head> heads = new ArrayList<>();
    private final List<Call> callPoints = new ArrayList<>();
    private final Map<Edge, Integer> catches = new HashMap<>();
    private final Map<NaturalLoop, Integer> headIndex = new LinkedHashMap<>();
    private int count;

    /** @param knownBodies whether the method makes no lambdas but those whose bodies are woven */
    PointPlan(String owner, MethodNode method, MethodLoops loops, Calls calls, boolean knownBodies) {
        this.method = method;
        this.knownBodies = knownBodies;
        this.names = new SourceNames(method);
        this.loops = loops;
        this.flow = loops.flow();
        this.calls = calls;
        this.liveness = new Liveness(flow);
        this.monitors = new Monitors(flow);
        this.types = new SlotTypes(owner, method, flow);
        loops.recognised().forEach(l -> headIndex.put(l, count++));
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
        PointShape shape = shape(count++, PointKind.CALL, at, liveness.after(at), -1, false, false);
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
            throw new NotWeavable("the operand stack is not empty at the head of its loop at line " + names.line(at));
        }
        List<Exit> exits = planExits(loop, exit);
        PointShape shape = shape(
                headIndex.get(loop),
                outer ? PointKind.OUTER : PointKind.LEAF,
                at,
                liveness.at(at),
                -1,
                iterationIsStep || loops.stepsItself(loop, calls),
                exit >= 0);
        heads.add(new Head(shape, loop, exit, exits, iterationIsStep));
    }

    /** An edge out of several loops at once belongs to the outermost of them. */
    private List<Exit> planExits(NaturalLoop loop, int normal) {
        List<Exit> planned = new ArrayList<>();
        LoopExits exits = new LoopExits(flow, types, loop);
        exits.byTarget().forEach((target, edges) -> {
            if (loops.leavesOnly(loop, target)) {
                planned.addAll(exits(loop, target, edges, target == normal));
            }
        });
        for (Edge edge : exits.caught(loop, this::isHead)) {
            if (loops.leavesOnly(loop, edge.to())) {
                Integer before = catches.get(edge);
                Exit exit = exit(PointKind.CATCH, loop, edge.to(), List.of(edge), before == null ? -1 : before, false);
                catches.put(edge, exit.shape().index());
                planned.add(exit);
            }
        }
        return planned;
    }

    private Exit exit(PointKind kind, NaturalLoop loop, int target, List<Edge> edges, int then, boolean normal) {
        return new Exit(
                shape(count++, kind, target, liveness.at(target), headIndex.get(loop), false, normal),
                edges,
                target,
                then,
                -1);
    }

    /** An outermost loop that was complete may have to go on: each test that it is left by has an exit of its own. */
    private List<Exit> exits(NaturalLoop loop, int target, List<Edge> edges, boolean normal) {
        Map<Integer, List<Edge>> byTest = new TreeMap<>();
        boolean outermost = loops.around(loop.head()).isEmpty();
        for (Edge e : edges) {
            int test = outermost ? new ExitTest(flow, types, loop, e).start() : -1;
            byTest.computeIfAbsent(test, t -> new ArrayList<>()).add(e);
        }
        List<Exit> exits = new ArrayList<>();
        byTest.forEach((test, of) -> exits.add(
                test < 0
                        ? exit(PointKind.EXIT, loop, target, of, -1, normal)
                        : testedExit(loop, target, of, test, normal)));
        return exits;
    }

    /** Hands over what the test needs too, behind what the exit needs, which is a part of it: a test stores nothing. */
    private Exit testedExit(NaturalLoop loop, int target, List<Edge> edges, int test, boolean normal) {
        ExitTest tested = new ExitTest(flow, types, loop, edges.get(0));
        PointShape plain =
                shape(count++, PointKind.EXIT, target, liveness.at(target), headIndex.get(loop), false, false);
        List<LocalShape> locals = new ArrayList<>(plain.locals());
        locals(test, liveness.at(test)).stream()
                .filter(l -> plain.locals().stream().noneMatch(o -> o.slot() == l.slot()))
                .forEach(locals::add);
        PointShape whole = new PointShape(
                plain.index(),
                plain.kind(),
                plain.line(),
                locals.stream()
                        .map(l -> new LocalShape(l.name(), l.slot(), l.descriptor(), tested.readElsewhere(l.slot())))
                        .toList(),
                plain.around(),
                plain.loop(),
                false,
                plain.behindStep(),
                normal,
                plain.locals().size());
        return new Exit(whole, edges, target, -1, test);
    }

    private boolean isHead(int instruction) {
        return headIndex.keySet().stream().anyMatch(l -> l.head() == instruction);
    }

    private PointShape shape(
            int index, PointKind kind, int at, BitSet live, int loop, boolean steps, boolean skippable) {
        NaturalLoop left = loop < 0 ? null : leftLoop(loop);
        List<Integer> around = loops.around(left == null ? at : left.head()).stream()
                .map(headIndex::get)
                .toList();
        boolean behindStep = loops.stepBefore(left == null ? at : left.head(), calls);
        return new PointShape(
                index, kind, names.line(at), locals(at, live), around, loop, steps, behindStep, skippable);
    }

    private NaturalLoop leftLoop(int index) {
        return headIndex.entrySet().stream()
                .filter(e -> e.getValue() == index)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private List<LocalShape> locals(int at, BitSet live) {
        List<LocalShape> locals = new ArrayList<>();
        boolean instance = (method.access & Opcodes.ACC_STATIC) == 0;
        if (instance && types.local(at, 0) != null) {
            locals.add(new LocalShape("this", 0, types.local(at, 0).getDescriptor()));
        }
        BitSet handed = captured();
        handed.or(live);
        for (int slot = handed.nextSetBit(instance ? 1 : 0); slot >= 0; slot = handed.nextSetBit(slot + 1)) {
            Type type = types.local(at, slot);
            if (type != null && !type.equals(SlotTypes.NULL) && !monitors.keeps(slot, at)) {
                locals.add(new LocalShape(names.name(slot, at), slot, type.getDescriptor()));
            }
        }
        return locals;
    }

    /**
     * Returns the slots of what a lambda captured, which is never assigned: where it is a thread's task, those who wait for
     * the thread may read it afterwards, and their frames are not saved.
     */
    private BitSet captured() {
        BitSet slots = new BitSet();
        if (method.name.startsWith("lambda$") && (method.access & Opcodes.ACC_SYNTHETIC) != 0) {
            int first = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            slots.set(first, first + (Type.getArgumentsAndReturnSizes(WovenCopy.original(method.desc)) >> 2) - 1);
        }
        return slots;
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
        PointShape[] shapes = new PointShape[count];
        heads.forEach(h -> shapes[h.shape().index()] = h.shape());
        callPoints.forEach(c -> shapes[c.shape().index()] = c.shape());
        heads.forEach(h -> h.exits().forEach(e -> shapes[e.shape().index()] = e.shape()));
        return List.of(shapes);
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
