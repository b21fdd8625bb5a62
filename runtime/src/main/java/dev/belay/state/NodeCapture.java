package dev.belay.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Makes the node of each object that a capture has met: which class it is of, and the nodes of what it holds. */
final class NodeCapture {

    /** Gives what an object holds a number. */
    @FunctionalInterface
    interface Numbering {
        /** Returns the node of an object, which is met over an edge of {@code parent} if it was not met before; 0 for null. */
        int number(Object o, int parent, int edge);
    }

    private final ObjectPolicy policy;
    private final Refusals refusals;
    private final TensorFile changing;
    private final TensorStage stage;
    private final ArrayCapture arrays;
    private final CapturedGraph graph;
    private final Numbering numbering;

    /** @param changing where what live objects hold goes */
    NodeCapture(
            ObjectPolicy policy,
            Refusals refusals,
            TensorFile changing,
            TensorStage stage,
            ArrayCapture arrays,
            CapturedGraph graph,
            Numbering numbering) {
        this.policy = policy;
        this.refusals = refusals;
        this.changing = changing;
        this.stage = stage;
        this.arrays = arrays;
        this.graph = graph;
        this.numbering = numbering;
    }

    /** Returns the node of an object; null for an array whose node is made at the end of the capture. */
    HeapNode of(int number) {
        Object o = graph.object(number);
        String type = o.getClass().getName();
        return switch (graph.treatment(number).kind()) {
            case VALUE -> new HeapNode.Value(o);
            case SINGLETON -> new HeapNode.Singleton(Singletons.name(o));
            case TEXT -> TextValues.of(o).orElseThrow();
            case CONSTANT -> constant(number, (Enum<?>) o);
            case TYPE -> new HeapNode.Type(((Class<?>) o).getName());
            case PRIMITIVES -> {
                arrays.met(number);
                yield null;
            }
            case REFERENCES -> {
                if (ArrayCapture.isMatrix(o.getClass())) {
                    arrays.metMatrix(number);
                    yield null;
                }
                arrays.metHolder(number, (Object[]) o);
                yield new HeapNode.References(type, addAll(number, (Object[]) o));
            }
            case REBUILT -> new HeapNode.Rebuilt(type, addAll(number, entries((Map<?, ?>) o)));
            case IMMUTABLE -> immutable(number, o, type);
            case LAMBDA -> {
                ClassLayout layout = ClassLayout.of(o.getClass());
                yield new HeapNode.Lambda(
                        Lambdas.stableName(o.getClass()),
                        layout.signature(),
                        layout.primitives(o),
                        fields(number, o, layout));
            }
            case RESOURCE -> {
                ClassLayout layout = policy.resourceLayout(o.getClass());
                policy.contents(o.getClass()).filter(c -> c.holds(o)).ifPresent(c -> contents(c, number, o));
                yield new HeapNode.Resource(type, layout.signature(), layout.primitives(o), fields(number, o, layout));
            }
            default -> {
                ClassLayout layout = ClassLayout.of(o.getClass());
                yield new HeapNode.Plain(type, layout.signature(), layout.primitives(o), fields(number, o, layout));
            }
        };
    }

    private void contents(Contents holder, int number, Object o) {
        String name = stage.free(changing, graph.path(number));
        graph.contents().put(number, name);
        refusals.attempt(() -> holder.capture(o, LiveContents.key(number), changing, name, stage));
    }

    private HeapNode constant(int number, Enum<?> o) {
        String type = o.getDeclaringClass().getName();
        if (!ObjectPolicy.hasState(o)) {
            return new HeapNode.Constant(type, o.name(), "", new long[0], new int[0]);
        }
        ClassLayout layout = ClassLayout.of(o.getClass());
        return new HeapNode.Constant(
                type, o.name(), layout.signature(), layout.primitives(o), fields(number, o, layout));
    }

    private HeapNode immutable(int number, Object o, String type) {
        Object[] elements = o instanceof Map<?, ?> m ? entries(m) : ((Collection<?>) o).toArray();
        int step = o instanceof Map ? 2 : 1;
        boolean findable = true;
        for (int i = 0; i < elements.length; i += step) {
            findable &= ObjectPolicy.isValue(elements[i]) || KeyHash.byIdentity(elements[i]);
        }
        if (!findable) {
            refusals.refuse(new Unsupported(
                    graph.path(number),
                    "an immutable set or map cannot be made again from elements whose hash code is the program's own;"
                            + " use a LinkedHashMap or LinkedHashSet"));
        }
        return new HeapNode.Immutable(type, addAll(number, elements));
    }

    private int[] addAll(int parent, Object[] elements) {
        int[] numbered = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            numbered[i] = numbering.number(elements[i], parent, i);
        }
        return numbered;
    }

    private int[] fields(int parent, Object o, ClassLayout layout) {
        int[] numbered = new int[layout.referenceCount()];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = numbering.number(layout.reference(o, i), parent, i);
        }
        return numbered;
    }

    private static Object[] entries(Map<?, ?> map) {
        List<Object> flat = new ArrayList<>(map.size() * 2);
        map.forEach((k, v) -> {
            flat.add(k);
            flat.add(v);
        });
        return flat.toArray();
    }
}
