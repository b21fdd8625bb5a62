package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a program's objects from its roots and copies them into nodes and staged tensors. One use. */
public final class HeapCapture {

    private final ObjectPolicy policy;
    private final TensorFile changing;
    private final Refusals refusals;
    private final TensorStage stage;
    private final ArrayCapture arrays;
    private final List<HeapNode> nodes = new ArrayList<>();
    private final ObjectPaths paths = new ObjectPaths();
    private final Map<Object, Integer> numbers;
    private final Staging staging;
    private final ArrayDeque<Integer> pending = new ArrayDeque<>();
    private final List<Object> objects = new ArrayList<>();
    private final List<Treatment> treatments = new ArrayList<>();
    private final Map<String, Integer> statics = new LinkedHashMap<>();
    private final Map<String, Integer> roots = new LinkedHashMap<>();
    private final List<FrameImage> frames = new ArrayList<>();
    private final OrderCheck order;
    private final ThreadLocalCapture threadLocals;
    /** Tensors of what live objects hold, by their nodes. */
    private final Map<Integer, String> contents = new HashMap<>();

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
        this.order = new OrderCheck(n -> paths.of(n, this::edgeName), refusals);
        this.threadLocals = new ThreadLocalCapture(refusals);
        this.changing = changing;
        this.staging = staging;
        this.numbers = new IdentityHashMap<>(staging.expectedObjects()); // to grow it costs more than to fill it
        this.stage = new TensorStage(staging);
        this.arrays = new ArrayCapture(stage, changing, nodes, new Met());
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
                || numbers.containsKey(value)
                || new PlainGraph(policy, numbers::containsKey).holds(value)
                || new PlainGraph(policy, o -> numbers.containsKey(o) || arrays.isRow(o)).holds(value);
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
        return numbers.getOrDefault(o, 0);
    }

    /** Returns where an object was met, as in refusals. */
    public String path(Object o) {
        return paths.of(numbers.get(o), this::edgeName);
    }

    /** Returns where adapters put their tensors and values. */
    public CaptureSink sink() {
        return stage;
    }

    /** Returns the finished copy. */
    public Snapshot finish() {
        drain();
        arrays.finish();
        staging.complete(nodes.size());
        HeapImage image = new HeapImage(
                List.copyOf(frames),
                List.copyOf(nodes),
                Collections.unmodifiableMap(statics), // their order decides who is bound first
                Collections.unmodifiableMap(roots),
                stage.values(),
                order.identities(numbers, n -> treatments.get(n - 1).kind()));
        return new Snapshot(image, stage.tensors(), stage.aliases(), order.found());
    }

    /** Returns what became of all that was met; to be called after {@link #finish}. */
    public StateAccount account() {
        CapturedGraph graph = new CapturedGraph(objects, treatments, nodes, paths, contents, this::edgeName);
        return new Accounting(graph, policy, stage).account(frames, statics);
    }

    private int add(Object o, int parent, int edge, String rootPath) {
        if (o == null) {
            return 0;
        }
        Integer known = numbers.get(o);
        if (known != null) {
            return known;
        }
        Treatment treatment = policy.of(o);
        int number = paths.add(parent, edge, rootPath);
        if (treatment.kind() == Treatment.Kind.REFUSED) {
            refusals.refuse(new Unsupported(paths.of(number, this::edgeName), treatment.reason()));
            return left(o, treatment, number);
        }
        order.check(o, treatment.kind(), number, parent > 0 ? objects.get(parent - 1) : null, parent);
        numbers.put(o, number);
        nodes.add(null);
        objects.add(o);
        treatments.add(treatment);
        pending.add(number);
        if (o instanceof ThreadLocal<?> local && treatment.kind() == Treatment.Kind.PLAIN) {
            threadLocals.met(local);
        }
        return number;
    }

    /** Notes an object that is refused: it is named once, and what it holds is not looked at. */
    private int left(Object o, Treatment treatment, int number) {
        numbers.put(o, number);
        nodes.add(new HeapNode.Singleton(o.getClass().getName()));
        objects.add(o);
        treatments.add(treatment);
        return number;
    }

    private void drain() {
        while (!pending.isEmpty()) {
            int number = pending.poll();
            nodes.set(number - 1, node(number, objects.get(number - 1)));
        }
    }

    private HeapNode node(int number, Object o) {
        String type = o.getClass().getName();
        return switch (treatments.get(number - 1).kind()) {
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
        String name = stage.free(changing, paths.of(number, this::edgeName));
        contents.put(number, name);
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
                    paths.of(number, this::edgeName),
                    "an immutable set or map cannot be made again from elements whose hash code is the program's own;"
                            + " use a LinkedHashMap or LinkedHashSet"));
        }
        return new HeapNode.Immutable(type, addAll(number, elements));
    }

    private int[] addAll(int parent, Object[] elements) {
        int[] numbered = new int[elements.length];
        for (int i = 0; i < elements.length; i++) {
            numbered[i] = add(elements[i], parent, i, "");
        }
        return numbered;
    }

    private int[] fields(int parent, Object o, ClassLayout layout) {
        int[] numbered = new int[layout.referenceCount()];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = add(layout.reference(o, i), parent, i, "");
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

    /** What was met so far. */
    private final class Met implements ArrayCapture.Graph {

        @Override
        public Object object(int number) {
            return objects.get(number - 1);
        }

        @Override
        public String path(int number) {
            return paths.of(number, HeapCapture.this::edgeName);
        }

        @Override
        public int known(Object array) {
            return numbers.getOrDefault(array, 0);
        }

        @Override
        public int number(Object array, int holder, int index) {
            int number = add(array, holder, index, "");
            drain();
            return number;
        }

        @Override
        public Optional<ArrayCapture.FieldOf> field(int number) {
            int parent = paths.parent(number);
            return parent > 0 && treatments.get(parent - 1).kind() == Treatment.Kind.PLAIN
                    ? Optional.of(new ArrayCapture.FieldOf(object(parent).getClass(), paths.edge(number)))
                    : Optional.empty();
        }
    }

    private String edgeName(int parent, int edge) {
        Object holder = objects.get(parent - 1);
        return switch (treatments.get(parent - 1).kind()) {
            case REFERENCES, IMMUTABLE -> "[" + edge + "]";
            case REBUILT ->
                edge % 2 == 0
                        ? ".key"
                        : "[" + objects.get(parent - 1).getClass().getSimpleName() + "]";
            case RESOURCE -> "." + policy.resourceLayout(holder.getClass()).referenceName(edge);
            default -> "." + ClassLayout.of(holder.getClass()).referenceName(edge);
        };
    }
}
