package dev.belay.state;

import java.util.ArrayList;
import java.util.Collections;
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

    private HeapImage image;
    private final ObjectPolicy policy;
    private final HeapFill.ArrayReader arrays;
    private final TypeResolver types;
    private Literals literals;
    private LiveContents contents;
    private final RestoreSource source;
    private final List<RestorePass.Entered> entered = new ArrayList<>();
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
        return pass(frame, live, roots, false).run();
    }

    /**
     * Returns the locals of an outer frame to continue with that the program reaches as the saved run did: each has its saved
     * value, while nothing is written to the objects that the program has made.
     */
    public Object[] start(FrameImage frame, Object[] live, Map<String, Object> roots) {
        return pass(frame, live, roots, false).start();
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
        entered.add(new RestorePass.Entered(unnamed(frame, "argument of a lambda", numbers), live));
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
        entered.add(new RestorePass.Entered(frame, live));
    }

    /** Returns whether nothing is missing that cannot be made: live objects, and lambdas of each kind. */
    public boolean isComplete(FrameImage frame, Object[] live, Map<String, Object> roots) {
        return pass(frame, live, roots, false).isComplete();
    }

    /** Binds and fills everything; returns the locals of the saved position. */
    public Object[] resume(FrameImage frame, Object[] live, Map<String, Object> roots) {
        RestorePass pass = pass(frame, live, roots, true);
        Object[] locals = pass.run();
        rows = pass.rows();
        resources = pass.resources();
        return locals;
    }

    private RestorePass pass(FrameImage frame, Object[] live, Map<String, Object> roots, boolean last) {
        requireSame(frame, frame.locals().length, live.length);
        HeapBinding binding = new HeapBinding(image, policy, types, contents);
        HeapObjects objects = new HeapObjects(image, binding, types, policy, literals, contents);
        HeapFill fill = new HeapFill(image, binding, objects, policy, arrays, contents);
        List<StaticField> statics = new StaticFields(image, types).fields(last);
        return new RestorePass(
                image, binding, objects, fill, statics, entered, new RestorePass.Place(frame, live, roots, last));
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
}
