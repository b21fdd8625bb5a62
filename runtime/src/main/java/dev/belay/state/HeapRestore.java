package dev.belay.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Puts a saved graph back into a running program, in place: live objects keep their identity, and what no live object
 * stands for is made anew. Everything is filled at each outer frame, and all of it again at the saved position, which
 * undoes what the code between did. Each time the program is looked at afresh: that code may have made the very objects
 * which were missing before.
 */
public final class HeapRestore {

    /** An outer frame and the locals that it went on with: these can no longer be changed. */
    private record Entered(FrameImage frame, Object[] locals) {}

    private HeapImage image;
    private final ObjectPolicy policy;
    private final HeapFill.ArrayReader arrays;
    private final TypeResolver types;
    private Literals literals;
    private LiveContents contents;
    private final RestoreSource source;
    private final List<Entered> entered = new ArrayList<>();
    private Map<String, int[]> rows = Map.of();
    private Map<Integer, Object> resources = Map.of();

    /**
     * @param source what adapters put into the checkpoint
     */
    HeapRestore(
            HeapImage image,
            ObjectPolicy policy,
            ClassLoader loader,
            HeapFill.ArrayReader arrays,
            RestoreSource source) {
        this.policy = policy;
        this.arrays = arrays;
        this.types = new TypeResolver(loader);
        this.source = source;
        read(image);
    }

    private void read(HeapImage from) {
        image = from;
        literals = new Literals(image);
        contents = new LiveContents(image, policy, types, source);
    }

    /** As above, where the checkpoint holds the contents of no live object. */
    HeapRestore(HeapImage image, ObjectPolicy policy, ClassLoader loader, HeapFill.ArrayReader arrays) {
        this(image, policy, loader, arrays, null);
    }

    public List<FrameImage> frames() {
        return image.frames();
    }

    /** Returns whether the checkpoint has the local or static field that leads to a value. */
    public boolean hasRoot(int frame, StartValue value) {
        return new StartPlace(image, frame, value).hasRoot();
    }

    /**
     * Returns whether the checkpoint may have a value that its local or static field does not lead to any more in another
     * place; only if not, nothing reads it.
     *
     * @param before what it was
     */
    public boolean mayBeElsewhere(int frame, StartValue value, String before) {
        return new StartPlace(image, frame, value).mayBeElsewhere(before);
    }

    /**
     * Returns what the checkpoint holds in the place of a value, in the words of {@link StartValue#text()}; empty if it has
     * no such place.
     *
     * @param frame activation, from the outermost on, of the value's local
     */
    public Optional<String> saved(int frame, StartValue value) {
        return new StartPlace(image, frame, value).text();
    }

    /**
     * Lets the checkpoint hold a value in its place, as if it had always been there.
     *
     * @param names names of the locals at a point of that activation
     * @return false if the value is not one that can be taken over
     */
    public boolean take(int frame, StartValue value, IntFunction<List<String>> names) {
        Optional<HeapImage> with = new StartPlace(image, frame, value).with(names);
        with.ifPresent(this::read);
        return with.isPresent();
    }

    /** Returns the locals of a loop head or exit with the values that it saw last, where they are plain. */
    public Object[] inject(FrameImage frame, int point, Object[] live) {
        for (FrameImage.ArrivalImage arrival : frame.arrivals()) {
            if (arrival.point() == point) {
                requireSame(frame, arrival.values().length, live.length);
                return new HeapPreview(image, policy, types, literals, arrays, contents).locals(arrival.values(), live);
            }
        }
        return live;
    }

    /** Binds and fills an outer frame; returns its locals to continue with. */
    public Object[] descend(FrameImage frame, Object[] live, Map<String, Object> roots) {
        return new Pass(frame, live, roots, false).run();
    }

    /**
     * Returns what the bodies of lambdas returned that a call on the way to the saved position had called: it is made again,
     * and these become part of what it holds.
     *
     * @param numbers their nodes
     */
    public Object[] results(FrameImage frame, int[] numbers, Map<String, Object> roots) {
        return descend(unnamed(frame, "result of a lambda", numbers), new Object[numbers.length], roots);
    }

    /** A body is called with these: they are what they stand for from now on. */
    public void entered(FrameImage frame, int[] numbers, Object[] live) {
        entered.add(new Entered(unnamed(frame, "argument of a lambda", numbers), live));
    }

    private static FrameImage unnamed(FrameImage frame, String name, int[] numbers) {
        List<String> names = Collections.nCopies(numbers.length, name);
        return new FrameImage(frame.method(), frame.codeHash(), frame.point(), frame.line(), names, numbers, List.of());
    }

    /** Returns what a body returned whose caller goes on as in the saved run; a copy that only the way to the saved position sees. */
    public Object passing(int number) {
        return new HeapPreview(image, policy, types, literals, arrays, contents)
                .locals(new int[] {number}, new Object[1])[0];
    }

    /** Returns whether {@link #passing} can give a node. */
    public boolean canPass(int number) {
        return new HeapPreview(image, policy, types, literals, arrays, contents).isPlain(number);
    }

    /** An outer frame goes on with what it has: what it holds gets its values at the saved position alone. */
    public void enter(FrameImage frame, Object[] live) {
        requireSame(frame, frame.locals().length, live.length);
        entered.add(new Entered(frame, live));
    }

    /** Returns whether nothing is missing that cannot be made: live objects, and lambdas of each kind. */
    public boolean isComplete(FrameImage frame, Object[] live, Map<String, Object> roots) {
        return new Pass(frame, live, roots, false).isComplete();
    }

    /** Binds and fills everything; returns the locals of the saved position. */
    public Object[] resume(FrameImage frame, Object[] live, Map<String, Object> roots) {
        return new Pass(frame, live, roots, true).run();
    }

    /** Returns what {@link Staging#expectRows} takes, once the saved position is reached. */
    public Map<String, int[]> rows() {
        return rows;
    }

    /**
     * Returns the live objects of the restarted program that stand for saved ones, by the numbers of these; complete after
     * {@link #resume}.
     */
    public Map<Integer, Object> resources() {
        return resources;
    }

    private static void requireSame(FrameImage frame, int saved, int live) {
        if (saved != live) {
            throw new Unsupported(
                    frame.method(), "found " + live + " locals, expected " + saved + "; resume with the old program");
        }
    }

    /** One look at the program, and all of it filled. */
    private final class Pass {

        private final FrameImage frame;
        private final Object[] live;
        private final Map<String, Object> roots;
        private final boolean last;
        private final HeapBinding binding = new HeapBinding(image, policy, types, contents);
        private final HeapObjects objects = new HeapObjects(image, binding, types, policy, literals, contents);
        private final HeapFill fill = new HeapFill(image, binding, objects, policy, arrays, contents);
        private final ThreadValues values = new ThreadValues(image, binding);

        /** @param last whether this is the saved position, so that nothing may be missing */
        Pass(FrameImage frame, Object[] live, Map<String, Object> roots, boolean last) {
            this.frame = frame;
            this.live = live;
            this.roots = roots;
            this.last = last;
        }

        Object[] run() {
            requireSame(frame, frame.locals().length, live.length);
            List<StaticField> statics = new StaticFields(image, types).fields(last);
            binding.bind(pairs(statics));
            values.bind();
            Object[] locals = new Object[live.length];
            for (int i = 0; i < live.length; i++) {
                locals[i] = local(i);
            }
            statics.forEach(this::set);
            values.make(objects, last);
            fill.fill();
            values.set(last);
            checkFixed();
            if (last) {
                rows = fill.rows();
                LeftOver.check(image, binding, n -> binding.live(n) != null);
                resources = liveResources();
                LiveHolders.requireNone(binding.replacedLambdas(), resources.values(), roots.values());
            }
            entered.add(new Entered(frame, locals));
            return locals;
        }

        boolean isComplete() {
            binding.bind(pairs(new StaticFields(image, types).fields(false)));
            for (int n = 1; n <= image.nodes().size(); n++) {
                HeapNode node = image.node(n);
                boolean missing = node instanceof HeapNode.Resource && binding.live(n) == null
                        || node instanceof HeapNode.Lambda && binding.lambda(n) == null;
                if (missing) {
                    return false;
                }
            }
            return true;
        }

        private Map<Integer, Object> liveResources() {
            Map<Integer, Object> live = new HashMap<>();
            for (int n = 1; n <= image.nodes().size(); n++) {
                if (image.node(n) instanceof HeapNode.Resource && binding.live(n) != null) {
                    live.put(n, binding.live(n));
                }
            }
            return live;
        }

        /** First what cannot be changed any more, then what can. */
        private List<HeapBinding.Pair> pairs(List<StaticField> statics) {
            List<HeapBinding.Pair> pairs = new ArrayList<>();
            entered.forEach(e -> addAll(pairs, e.frame(), e.locals()));
            roots.forEach((name, object) -> {
                if (image.roots().containsKey(name)) {
                    pairs.add(new HeapBinding.Pair(image.roots().get(name), object));
                }
            });
            for (boolean isFinal : new boolean[] {true, false}) {
                for (StaticField f : statics) {
                    if (f.isFinal() == isFinal) {
                        pairs.add(new HeapBinding.Pair(image.statics().get(f.name()), f.get()));
                    }
                }
            }
            addAll(pairs, frame, live);
            return pairs;
        }

        private void addAll(List<HeapBinding.Pair> pairs, FrameImage of, Object[] objects) {
            for (int i = 0; i < objects.length; i++) {
                pairs.add(new HeapBinding.Pair(of.locals()[i], objects[i]));
            }
        }

        private Object local(int i) {
            int number = frame.locals()[i];
            Object value = objects.object(number);
            if (number != 0 && value == null) {
                throw new Unsupported(
                        "local '" + frame.names().get(i) + "' of " + frame.method(),
                        "the live object that it held has no counterpart in the restarted program");
            }
            return value;
        }

        private void set(StaticField field) {
            int number = image.statics().get(field.name());
            Object value = objects.object(number);
            if (number != 0 && value == null) {
                if (last) {
                    throw new Unsupported(
                            "static field " + field.name(),
                            "its live object has no counterpart in the restarted program; make it before the loop");
                }
            } else if (!field.isFinal()) {
                field.set(value);
            } else {
                requireFixed("static final field " + field.name(), number, field.get());
            }
        }

        private void checkFixed() {
            for (Entered e : entered) {
                for (int i = 0; i < e.locals().length; i++) {
                    String what = "local '" + e.frame().names().get(i) + "' of "
                            + e.frame().method();
                    requireFixed(what, e.frame().locals()[i], e.locals()[i]);
                }
            }
            image.roots().forEach((name, number) -> {
                if (roots.containsKey(name)) {
                    requireFixed(name, number, roots.get(name));
                } else if (last && !ThreadValues.isRoot(name)) {
                    throw new Unsupported(name, "the checkpoint has it, the restarted program has not made it");
                }
            });
        }

        private void requireFixed(String what, int number, Object held) {
            Object restored = number == 0 ? null : binding.live(number);
            boolean same = restored == held
                    || (restored != null && held != null && ObjectPolicy.isValue(restored) && restored.equals(held))
                    || (restored != null
                            && held != null
                            && image.node(number) instanceof HeapNode.Text
                            && restored.equals(held));
            if (!same) {
                throw new Unsupported(
                        what, "it holds another object than the one that was saved, and cannot be changed any more");
            }
        }
    }
}
