package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a program's objects from its roots and copies them into nodes and staged tensors. One use. */
public final class HeapCapture {

    private final ObjectPolicy policy;
    private final Refusals refusals;
    private final TensorStage stage;
    private final ArrayCapture arrays;
    private final CapturedGraph graph;
    private final NodeCapture nodes;
    private final Staging staging;
    private final ArrayDeque<Integer> pending = new ArrayDeque<>();
    private final Map<String, Integer> statics = new LinkedHashMap<>();
    private final Map<String, Integer> roots = new LinkedHashMap<>();
    private final List<FrameImage> frames = new ArrayList<>();
    private final OrderCheck order;
    private final ThreadLocalCapture threadLocals;

    /**
     * @param staging memory to copy into; what it held is forgotten
     * @param changing where the program's own arrays go unless they are large and do not change
     */
    public HeapCapture(ObjectPolicy policy, Staging staging, TensorFile changing) {
        this(policy, staging, changing, Refusals.THROWN);
    }

    /** As above, with who takes what cannot be captured. */
    public HeapCapture(ObjectPolicy policy, Staging staging, TensorFile changing, Refusals refusals) {
        this.policy = policy;
        this.refusals = refusals;
        this.graph = new CapturedGraph(policy, staging.expectedObjects());
        this.order = new OrderCheck(graph::path, refusals);
        this.threadLocals = new ThreadLocalCapture(refusals);
        this.staging = staging;
        this.stage = new TensorStage(staging);
        this.arrays = new ArrayCapture(stage, changing, graph.nodes(), new Met());
        this.nodes = new NodeCapture(
                policy, refusals, changing, stage, arrays, graph, (o, parent, edge) -> add(o, parent, edge, ""));
    }

    /** Adds one value that a local held; {@code path} is e.g. {@code DigitsCnn.train/history}. */
    public int local(String path, Object value) {
        int number = add(value, -1, 0, path);
        drain();
        return number;
    }

    /** Adds a loop head's value if it is a scalar; otherwise returns -1. */
    public int scalar(Object value) {
        return value == null || ObjectPolicy.isValue(value) ? add(value, -1, 0, "") : -1;
    }

    /**
     * Adds what a local held where a loop was left, for the code between there and the saved position.
     *
     * @return -1 for what is not saved anyway and is more than a small graph of plain objects
     */
    public int passing(Object value) {
        boolean wanted = value == null
                || graph.has(value)
                || new PlainGraph(policy, graph::has).holds(value)
                || new PlainGraph(policy, o -> graph.has(o) || arrays.isRow(o)).holds(value);
        return wanted ? local("passing", value) : -1;
    }

    public void frame(FrameImage frame) {
        frames.add(frame);
    }

    public void statics(Iterable<StaticField> fields) {
        for (StaticField f : fields) {
            statics.put(f.name(), add(f.get(), -1, 0, f.readable()));
        }
        drain();
    }

    public void root(String name, Object object) {
        roots.put(name, add(object, -1, 0, name));
        drain();
    }

    /**
     * Adds the calling thread's values of all thread locals that were met, after everything else: a value may lead to more.
     *
     * @param others threads whose values would be lost
     */
    public void threadLocals(Collection<Thread> others) {
        threadLocals.add(this, others);
    }

    /** Returns the number of an object that was met, or 0. */
    public int number(Object o) {
        return graph.number(o);
    }

    /** Returns where an object was met, as in refusals. */
    public String path(Object o) {
        return graph.path(graph.number(o));
    }

    /** Returns where adapters put their tensors and values. */
    public CaptureSink sink() {
        return stage;
    }

    /** Returns the finished copy. */
    public Snapshot finish() {
        drain();
        arrays.finish();
        staging.complete(graph.size());
        HeapImage image = new HeapImage(
                List.copyOf(frames),
                List.copyOf(graph.nodes()),
                Collections.unmodifiableMap(statics), // their order decides who is bound first
                Collections.unmodifiableMap(roots),
                stage.values(),
                order.identities(graph.numbers(), n -> graph.treatment(n).kind()));
        return new Snapshot(image, stage.tensors(), stage.aliases(), order.found());
    }

    /** Returns what became of all that was met; to be called after {@link #finish}. */
    public StateAccount account() {
        return new Accounting(graph, policy, stage).account(frames, statics);
    }

    private int add(Object o, int parent, int edge, String rootPath) {
        if (o == null) {
            return 0;
        }
        int known = graph.number(o);
        if (known > 0) {
            return known;
        }
        Treatment treatment = policy.of(o);
        int number = graph.place(parent, edge, rootPath);
        if (treatment.kind() == Treatment.Kind.REFUSED) {
            refusals.refuse(new Unsupported(graph.path(number), treatment.reason()));
            // it is named once, and what it holds is not looked at
            graph.add(o, treatment, number, new HeapNode.Singleton(o.getClass().getName()));
            return number;
        }
        order.check(o, treatment.kind(), number, parent > 0 ? graph.object(parent) : null, parent);
        graph.add(o, treatment, number, null);
        pending.add(number);
        if (o instanceof ThreadLocal<?> local && treatment.kind() == Treatment.Kind.PLAIN) {
            threadLocals.met(local);
        }
        return number;
    }

    private void drain() {
        while (!pending.isEmpty()) {
            int number = pending.poll();
            graph.nodes().set(number - 1, nodes.of(number));
        }
    }

    /** What was met so far. */
    private final class Met implements ArrayCapture.Graph {

        @Override
        public Object object(int number) {
            return graph.object(number);
        }

        @Override
        public String path(int number) {
            return graph.path(number);
        }

        @Override
        public int known(Object array) {
            return graph.number(array);
        }

        @Override
        public int number(Object array, int holder, int index) {
            int number = add(array, holder, index, "");
            drain();
            return number;
        }

        @Override
        public Optional<ArrayCapture.FieldOf> field(int number) {
            int parent = graph.paths().parent(number);
            return parent > 0 && graph.treatment(parent).kind() == Treatment.Kind.PLAIN
                    ? Optional.of(new ArrayCapture.FieldOf(
                            object(parent).getClass(), graph.paths().edge(number)))
                    : Optional.empty();
        }
    }
}
