package dev.belay.state;

import java.util.List;
import java.util.Map;

/**
 * Puts a saved graph back into a running program, in place: live objects keep their identity, and what no live object
 * stands for is made anew. Everything is filled at each outer frame, and all of it again at the saved position, which
 * undoes what the code between did.
 */
public final class HeapRestore {

    private final HeapImage image;
    private final HeapBinding binding;
    private final HeapFill fill;
    private final TypeResolver types;
    private final ObjectPolicy policy;
    private final HeapFill.ArrayReader arrays;

    HeapRestore(HeapImage image, ObjectPolicy policy, ClassLoader loader, HeapFill.ArrayReader arrays) {
        this.image = image;
        this.policy = policy;
        this.arrays = arrays;
        this.types = new TypeResolver(loader);
        this.binding = new HeapBinding(image, policy);
        this.fill = new HeapFill(image, binding, types, policy, arrays);
    }

    public List<FrameImage> frames() {
        return image.frames();
    }

    /** Returns the locals of a loop head or exit with the values that it saw last, where they are plain. */
    public Object[] inject(FrameImage frame, int point, Object[] live) {
        for (FrameImage.ArrivalImage arrival : frame.arrivals()) {
            if (arrival.point() == point) {
                return new HeapPreview(image, policy, types, arrays).locals(arrival.values(), live);
            }
        }
        return live;
    }

    /** Binds and fills an outer frame; returns its locals to continue with. */
    public Object[] descend(FrameImage frame, Object[] live, Map<String, Object> roots) {
        bindRoots(roots);
        bindStatics(false);
        return fillFrame(frame, live);
    }

    /** Binds and fills everything; returns the locals of the saved position. */
    public Object[] resume(FrameImage frame, Object[] live, Map<String, Object> roots) {
        bindRoots(roots);
        bindStatics(true);
        Object[] locals = fillFrame(frame, live);
        setStatics();
        LeftOver.check(image, binding, this::reachable);
        return locals;
    }

    private boolean reachable(int number) {
        return binding.live(number) != null;
    }

    private Object[] fillFrame(FrameImage frame, Object[] live) {
        if (frame.locals().length != live.length) {
            throw new Unsupported(frame.method(), "its locals are not those that were saved; resume with the old program");
        }
        for (int i = 0; i < live.length; i++) {
            binding.bind(frame.locals()[i], live[i]);
        }
        Object[] locals = new Object[live.length];
        for (int i = 0; i < live.length; i++) {
            locals[i] = local(frame, i, live[i]);
        }
        fill.fill();
        return locals;
    }

    private Object local(FrameImage frame, int i, Object live) {
        int number = frame.locals()[i];
        Object value = fill.object(number);
        if (number != 0 && value == null) {
            throw new Unsupported(
                    "local '" + frame.names().get(i) + "' of " + frame.method(),
                    "the live object that it held has no counterpart in the restarted program");
        }
        return value;
    }

    private void bindRoots(Map<String, Object> roots) {
        roots.forEach((name, object) -> {
            Integer number = image.roots().get(name);
            if (number != null) {
                binding.bind(number, object);
            }
        });
    }

    private void bindStatics(boolean initialize) {
        image.statics().forEach((name, number) -> {
            if (initialize || HeapAccess.initialized(types.named(name.substring(0, name.lastIndexOf('.'))))) {
                binding.bind(number, StaticField.find(name, types).get());
            }
        });
    }

    private void setStatics() {
        image.statics().forEach((name, number) -> {
            StaticField field = StaticField.find(name, types);
            Object value = fill.object(number);
            if (number != 0 && value == null) {
                throw new Unsupported("static field " + name, "its live object has no counterpart in the restarted program");
            }
            if (!field.isFinal()) {
                field.set(value);
            } else if (value != field.get() && !(number > 0 && image.node(number) instanceof HeapNode.Value)) {
                throw new Unsupported("static final field " + name, "it holds another object than the one that was saved");
            }
        });
        fill.fill();
    }
}
