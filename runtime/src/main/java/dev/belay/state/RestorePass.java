package dev.belay.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One look at the program during a restore: binds live objects to saved ones, and fills all of it. One use. */
final class RestorePass {

    /** An outer frame and the locals that it went on with: these can no longer be changed. */
    record Entered(FrameImage frame, Object[] locals) {}

    /**
     * Where the program stands.
     *
     * @param live locals of the frame
     * @param roots the roots that the program has so far
     * @param last whether this is the saved position, so that nothing may be missing
     */
    record Place(FrameImage frame, Object[] live, Map<String, Object> roots, boolean last) {}

    private final HeapImage image;
    private final HeapBinding binding;
    private final HeapObjects objects;
    private final HeapFill fill;
    private final ThreadValues values;
    private final List<StaticField> statics;
    private final List<Entered> entered;
    private final FrameImage frame;
    private final Object[] live;
    private final Map<String, Object> roots;
    private final boolean last;

    /** @param entered the outer frames; this one is added */
    RestorePass(
            HeapImage image,
            HeapBinding binding,
            HeapObjects objects,
            HeapFill fill,
            List<StaticField> statics,
            List<Entered> entered,
            Place place) {
        this.image = image;
        this.binding = binding;
        this.objects = objects;
        this.fill = fill;
        this.values = new ThreadValues(image, binding);
        this.statics = statics;
        this.entered = entered;
        this.frame = place.frame();
        this.live = place.live();
        this.roots = place.roots();
        this.last = place.last();
    }

    /** Returns the locals to continue with; only objects that are made here are filled. */
    Object[] start() {
        binding.bind(pairs());
        Object[] locals = locals();
        fill.fill(objects::isNew);
        entered.add(new Entered(frame, locals));
        return locals;
    }

    private Object[] locals() {
        Object[] locals = new Object[live.length];
        for (int i = 0; i < live.length; i++) {
            locals[i] = local(i);
        }
        return locals;
    }

    /** Returns the locals to continue with. */
    Object[] run() {
        binding.bind(pairs());
        values.bind();
        Object[] locals = locals();
        statics.forEach(this::set);
        values.make(objects, last);
        fill.fill(n -> true);
        values.set(last);
        checkFixed();
        if (last) {
            LeftOver.check(image, binding, n -> binding.live(n) != null);
            LiveHolders.requireNone(binding.replacedLambdas(), resources().values(), roots.values());
        }
        entered.add(new Entered(frame, locals));
        return locals;
    }

    /** Returns whether nothing is missing that cannot be made: live objects, and lambdas of each kind. Fills nothing. */
    boolean isComplete() {
        binding.bind(pairs());
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

    /** Returns what {@link Staging#expectRows} takes. */
    Map<String, int[]> rows() {
        return fill.rows();
    }

    /** Returns the live objects that stand for saved ones, by the numbers of these. */
    Map<Integer, Object> resources() {
        Map<Integer, Object> found = new HashMap<>();
        for (int n = 1; n <= image.nodes().size(); n++) {
            if (image.node(n) instanceof HeapNode.Resource && binding.live(n) != null) {
                found.put(n, binding.live(n));
            }
        }
        return found;
    }

    /** First what cannot be changed any more, then what can. */
    private List<HeapBinding.Pair> pairs() {
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
