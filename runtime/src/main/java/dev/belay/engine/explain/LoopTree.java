package dev.belay.engine.explain;

import dev.belay.loop.CodeNotes;
import dev.belay.loop.LoopAtlas;
import dev.belay.loop.LoopHead;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The loops that were reached, each inside of the loop that it ran in. */
public final class LoopTree {

    private static final Set<String> STEPS = Set.of("step", "refused");

    /**
     * What the loops are to a run.
     *
     * @param steps heads whose iterations are steps
     * @param epochs heads whose iterations are epochs
     * @param rejected heads of loops that were taken for the training loop and given up
     * @param path heads that the program stands in
     */
    public record Roles(Set<LoopHead> steps, Set<LoopHead> epochs, Set<LoopHead> rejected, Set<LoopHead> path) {}

    private final LoopSightings sightings;
    private final LoopAtlas atlas;
    private final Roles roles;
    private final Map<LoopHead, Map<String, Object>> nodes = new HashMap<>();
    private final List<Map<String, Object>> top = new ArrayList<>();
    private final Map<Map<String, Object>, Integer> order = new IdentityHashMap<>();

    private LoopTree(LoopSightings sightings, LoopAtlas atlas, Roles roles) {
        this.sightings = sightings;
        this.atlas = atlas;
        this.roles = roles;
    }

    /** Returns the outermost loops; {@code docs/explain.md} has the keys. */
    public static List<Map<String, Object>> of(
            List<MethodShape> methods, LoopSightings sightings, LoopAtlas atlas, Roles roles) {
        LoopTree tree = new LoopTree(sightings, atlas, roles);
        List<MethodShape> seen =
                methods.stream().filter(m -> sightings.saw(m.key())).toList();
        seen.forEach(tree::makeNodes);
        seen.forEach(tree::place);
        tree.finish(tree.top, false);
        return tree.top;
    }

    /** A method's loops are in the order of their lines, methods in the order in which they came. */
    private void finish(List<Map<String, Object>> loops, boolean inStep) {
        loops.sort(Comparator.comparing((Map<String, Object> n) -> order.get(n))
                .thenComparing(n -> (Integer) n.get("line")));
        for (Map<String, Object> loop : loops) {
            if (inStep && loop.get("kind").equals("other")) {
                loop.put("kind", "in_step");
            }
            finish(children(loop), inStep || STEPS.contains((String) loop.get("kind")));
        }
    }

    @SuppressWarnings("unchecked") // made below
    private static List<Map<String, Object>> children(Map<String, Object> node) {
        return (List<Map<String, Object>>) node.get("loops");
    }

    private void makeNodes(MethodShape method) {
        CodeNotes notes = atlas.notes(method.key());
        for (PointShape p : method.points()) {
            LoopHead head = new LoopHead(method.key(), p.index());
            if (p.isHead()) {
                Map<String, Object> node = node(method, notes, p.line(), kind(head), "");
                node.put("iterations", sightings.arrivals(head));
                node.put("on_path", roles.path().contains(head));
                nodes.put(head, node);
            }
        }
    }

    private String kind(LoopHead head) {
        if (roles.steps().contains(head)) {
            return "step";
        } else if (roles.rejected().contains(head)) {
            return "refused";
        } else if (roles.epochs().contains(head)) {
            return "epoch";
        }
        return roles.path().contains(head) ? "outer" : "other";
    }

    private Map<String, Object> node(MethodShape method, CodeNotes notes, int line, String kind, String why) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("method", method.readable());
        node.put("file", notes.sourceFile());
        node.put("line", line);
        node.put("kind", kind);
        node.put("why", why);
        node.put("iterations", null);
        node.put("on_path", false);
        node.put("loops", new ArrayList<Map<String, Object>>());
        order.put(node, sightings.order(method.key()));
        return node;
    }

    private void place(MethodShape method) {
        for (PointShape p : method.points()) {
            if (p.isHead()) {
                List<Integer> around = p.around();
                loopsIn(method, around.isEmpty() ? Optional.empty() : Optional.of(around.get(around.size() - 1)))
                        .add(nodes.get(new LoopHead(method.key(), p.index())));
            }
        }
        CodeNotes notes = atlas.notes(method.key());
        for (CodeNotes.LeftAlone left : notes.leftAlone()) {
            loopsIn(method, headAt(method, left.aroundLine()))
                    .add(node(method, notes, left.line(), "left_alone", left.why()));
        }
    }

    private static Optional<Integer> headAt(MethodShape method, int line) {
        return method.points().stream()
                .filter(p -> p.isHead() && p.line() == line)
                .max(Comparator.comparingInt(p -> p.around().size()))
                .map(PointShape::index);
    }

    /** Returns the loops in a loop of a method; where there is none around, in the loop that the method was called in. */
    private List<Map<String, Object>> loopsIn(MethodShape method, Optional<Integer> around) {
        return around.map(h -> new LoopHead(method.key(), h))
                .or(() -> sightings.caller(method.key()))
                .map(nodes::get)
                .map(LoopTree::children)
                .orElse(top);
    }
}
