package dev.belay.engine.explain;

import dev.belay.loop.CodeNotes;
import dev.belay.loop.LoopAtlas;
import dev.belay.loop.LoopHead;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The loops that were reached, each inside of the loop that it ran in. */
public final class LoopTree {

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
        tree.nodes.values().forEach(LoopTree::sort);
        tree.top.sort(BY_LINE);
        return tree.top;
    }

    private static final Comparator<Map<String, Object>> BY_LINE = Comparator.comparing(
                    (Map<String, Object> n) -> (String) n.get("file"))
            .thenComparing(n -> (Integer) n.get("line"))
            .thenComparing(n -> (String) n.get("method"));

    private static void sort(Map<String, Object> node) {
        children(node).sort(BY_LINE);
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
                nodes.put(
                        head, node(method, notes, p.line(), kind(method, p), sightings.arrivals(head), path(head), ""));
            }
        }
    }

    private boolean path(LoopHead head) {
        return roles.path().contains(head);
    }

    private static Optional<LoopHead> around(MethodShape method, int line) {
        return method.points().stream()
                .filter(p -> p.isHead() && p.line() == line)
                .max(Comparator.comparingInt(p -> p.around().size()))
                .map(p -> new LoopHead(method.key(), p.index()));
    }

    private static Map<String, Object> node(
            MethodShape method, CodeNotes notes, int line, String kind, Long iterations, boolean path, String why) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("method", method.readable());
        node.put("file", notes.sourceFile());
        node.put("line", line);
        node.put("kind", kind);
        node.put("why", why);
        node.put("iterations", iterations);
        node.put("on_path", path);
        node.put("loops", new ArrayList<Map<String, Object>>());
        return node;
    }

    private String kind(MethodShape method, PointShape p) {
        LoopHead head = new LoopHead(method.key(), p.index());
        boolean inStep = p.around().stream()
                .map(h -> new LoopHead(method.key(), h))
                .anyMatch(h -> roles.steps().contains(h) || roles.rejected().contains(h));
        if (roles.steps().contains(head)) {
            return "step";
        } else if (roles.rejected().contains(head)) {
            return "refused";
        } else if (roles.epochs().contains(head)) {
            return "epoch";
        } else if (inStep) {
            return "in_step";
        }
        return path(head) ? "outer" : "other";
    }

    /** A head whose method was called in a loop stands in that loop. */
    private void place(MethodShape method) {
        for (PointShape p : method.points()) {
            if (p.isHead()) {
                Map<String, Object> node = nodes.get(new LoopHead(method.key(), p.index()));
                List<Integer> around = p.around();
                (around.isEmpty()
                                ? caller(method)
                                : children(nodes.get(new LoopHead(method.key(), around.get(around.size() - 1)))))
                        .add(node);
            }
        }
        CodeNotes notes = atlas.notes(method.key());
        for (CodeNotes.LeftAlone left : notes.leftAlone()) {
            around(method, left.aroundLine())
                    .map(h -> children(nodes.get(h)))
                    .orElseGet(() -> caller(method))
                    .add(node(method, notes, left.line(), "left_alone", null, false, left.why()));
        }
    }

    private List<Map<String, Object>> caller(MethodShape method) {
        return sightings
                .caller(method.key())
                .filter(h -> !h.method().equals(method.key())) // a recursion
                .map(nodes::get)
                .map(LoopTree::children)
                .orElse(top);
    }
}
