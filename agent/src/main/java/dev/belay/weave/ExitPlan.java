package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the points of one method are at which loops are left. */
final class ExitPlan {

    private final MethodLoops loops;
    private final FlowGraph flow;
    private final SlotTypes types;
    private final Liveness liveness;
    private final PointShapes shapes;
    private final Map<Edge, Integer> catches = new HashMap<>();

    ExitPlan(MethodLoops loops, SlotTypes types, Liveness liveness, PointShapes shapes) {
        this.loops = loops;
        this.flow = loops.flow();
        this.types = types;
        this.liveness = liveness;
        this.shapes = shapes;
    }

    /** Plans the exits of a loop. An edge out of several loops at once belongs to the outermost of them. */
    List<PointPlan.Exit> of(NaturalLoop loop) {
        List<PointPlan.Exit> planned = new ArrayList<>();
        LoopExits exits = new LoopExits(flow, types, loop);
        exits.byTarget().forEach((target, edges) -> {
            if (loops.leavesOnly(loop, target)) {
                planned.addAll(exits(loop, target, edges));
            }
        });
        for (Edge edge : exits.caught(loop, shapes::isHead)) {
            if (loops.leavesOnly(loop, edge.to())) {
                Integer before = catches.get(edge);
                PointPlan.Exit exit =
                        exit(PointKind.CATCH, loop, edge.to(), List.of(edge), before == null ? -1 : before);
                catches.put(edge, exit.shape().index());
                planned.add(exit);
            }
        }
        return planned;
    }

    private PointPlan.Exit exit(PointKind kind, NaturalLoop loop, int target, List<Edge> edges, int then) {
        PointShape shape = shapes.of(shapes.next(), kind, target, liveness.at(target), shapes.head(loop));
        return new PointPlan.Exit(shape, edges, target, then, -1);
    }

    /** An outermost loop that was complete may have to go on: each test that it is left by has an exit of its own. */
    private List<PointPlan.Exit> exits(NaturalLoop loop, int target, List<Edge> edges) {
        Map<Integer, List<Edge>> byTest = new TreeMap<>();
        boolean outermost = loops.around(loop.head()).isEmpty();
        for (Edge e : edges) {
            int test = outermost ? new ExitTest(flow, types, loop, e).start() : -1;
            byTest.computeIfAbsent(test, t -> new ArrayList<>()).add(e);
        }
        List<PointPlan.Exit> exits = new ArrayList<>();
        byTest.forEach((test, of) ->
                exits.add(test < 0 ? exit(PointKind.EXIT, loop, target, of, -1) : testedExit(loop, target, of, test)));
        return exits;
    }

    /** Hands over what the test needs too, behind what the exit needs, which is a part of it: a test stores nothing. */
    private PointPlan.Exit testedExit(NaturalLoop loop, int target, List<Edge> edges, int test) {
        ExitTest tested = new ExitTest(flow, types, loop, edges.get(0));
        PointShape plain = shapes.of(shapes.next(), PointKind.EXIT, target, liveness.at(target), shapes.head(loop));
        List<LocalShape> locals = new ArrayList<>(plain.locals());
        shapes.locals(test, liveness.at(test)).stream()
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
                false,
                plain.locals().size());
        return new PointPlan.Exit(whole, edges, target, -1, test);
    }
}
