package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** Where the points of one method are and what each hands over. Indices are numbered heads first, then calls, then exits. */
final class PointPlan {

    /**
     * @param exit instruction where the loop's normal exit leads to, or -1
     * @param exits the planned exits of this loop
     * @param iterationIsStep whether each back edge ends a step
     */
    record Head(PointShape shape, NaturalLoop loop, int exit, List<Exit> exits, boolean iterationIsStep) {}

    /** A call at {@code at}. */
    record Call(PointShape shape, int at) {}

    /** All edges that leave a loop for the instruction {@code target}. */
    record Exit(PointShape shape, List<Edge> edges, int target) {}

    private final MethodNode method;
    private final MethodLoops loops;
    private final FlowGraph flow;
    private final Liveness liveness;
    private final SlotTypes types;
    private final Calls calls;
    private final List<Head> heads = new ArrayList<>();
    private final List<Call> callPoints = new ArrayList<>();
    private final Map<NaturalLoop, Integer> headIndex = new LinkedHashMap<>();
    private int count;

    PointPlan(String owner, MethodNode method, MethodLoops loops, Calls calls, boolean iterationsAreSteps) {
        this.method = method;
        this.loops = loops;
        this.flow = loops.flow();
        this.calls = calls;
        this.liveness = new Liveness(flow);
        this.types = new SlotTypes(owner, method, flow);
        loops.recognised().forEach(l -> headIndex.put(l, count++));
        planCalls();
        loops.recognised().forEach(l -> planHead(l, iterationsAreSteps));
        check();
    }

    private void planCalls() {
        // what runs before this() or super() returns has no activation; the stack audit refuses to save inside of it
        for (int i = types.superCall() + 1; i < flow.size(); i++) {
            if (flow.reachable(i) && calls.leads(flow.instruction(i))) {
                callPoints.add(new Call(shape(count++, PointKind.CALL, i, liveness.after(i), -1, false, false), i));
            }
        }
    }

    private void planHead(NaturalLoop loop, boolean iterationsAreSteps) {
        boolean outer = loops.holdsPoints(loop, calls);
        boolean iterationIsStep = iterationsAreSteps && !outer;
        int exit = new LoopExits(flow, types, loop).normal();
        int at = loop.head();
        if (!types.emptyStack(at)) {
            throw new NotWeavable("the operand stack is not empty at the head of its loop at line " + line(at));
        }
        List<Exit> exits = loops.outermost(loop) ? planExits(loop) : List.of();
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

    private List<Exit> planExits(NaturalLoop loop) {
        List<Exit> planned = new ArrayList<>();
        for (Map.Entry<Integer, List<Edge>> e : new LoopExits(flow, types, loop).byTarget().entrySet()) {
            int target = e.getKey();
            PointShape shape =
                    shape(count++, PointKind.EXIT, target, liveness.at(target), headIndex.get(loop), false, false);
            planned.add(new Exit(shape, e.getValue(), target));
        }
        return planned;
    }

    private PointShape shape(
            int index, PointKind kind, int at, BitSet live, int loop, boolean steps, boolean skippable) {
        List<Integer> around = kind == PointKind.EXIT
                ? List.of()
                : loops.around(at).stream().map(headIndex::get).toList();
        return new PointShape(index, kind, line(at), locals(at, live), around, loop, steps, skippable);
    }

    private List<LocalShape> locals(int at, BitSet live) {
        List<LocalShape> locals = new ArrayList<>();
        boolean instance = (method.access & Opcodes.ACC_STATIC) == 0;
        if (instance && types.local(at, 0) != null) {
            locals.add(new LocalShape("this", 0, types.local(at, 0).getDescriptor()));
        }
        for (int slot = live.nextSetBit(instance ? 1 : 0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            Type type = types.local(at, slot);
            if (type != null && !type.equals(SlotTypes.NULL)) {
                locals.add(new LocalShape(name(slot, at), slot, type.getDescriptor()));
            }
        }
        return locals;
    }

    private String name(int slot, int at) {
        if (method.localVariables != null) {
            for (LocalVariableNode v : method.localVariables) {
                if (v.index == slot
                        && method.instructions.indexOf(v.start) <= at
                        && at < method.instructions.indexOf(v.end)) {
                    return v.name;
                }
            }
        }
        return "slot" + slot;
    }

    private int line(int at) {
        for (AbstractInsnNode i = flow.instruction(at); i != null; i = i.getPrevious()) {
            if (i instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
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

    FlowGraph flow() {
        return flow;
    }

    SlotTypes types() {
        return types;
    }
}
