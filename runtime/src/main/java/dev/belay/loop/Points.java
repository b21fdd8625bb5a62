package dev.belay.loop;

import java.util.Iterator;

/**
 * The one class that woven code calls. Its signatures hold only JDK types, so that code of any class loader that sees
 * it can be woven.
 */
public final class Points {

    /**
     * Tested at every LEAF head. Volatile: a plain field may be hoisted out of the loop.
     * Up while a capture is wanted or a resume is pending.
     */
    public static volatile boolean flag;

    /** What {@link #point} returns at a loop head to say: leave this loop, see {@link #landing}. */
    public static final Object[] LEAVE = {};

    /**
     * The thread that is inside of a step of a loop which was found while the program runs: the activations that it makes
     * there are of no interest. Not volatile: it is read at each call inside of a step, and only the thread that it names
     * MUST see it in order.
     */
    static Thread dormant;

    /** By method: entered too often to hold a loop that is worth saving in. Replaced as a whole; may be read late. */
    static boolean[] hot = {};

    private static volatile LoopTracker tracker;

    private Points() {}

    /** Makes {@code next} the receiver of all that woven code reports; called once, before any class is woven. */
    public static void connect(LoopTracker next) {
        tracker = next;
    }

    /** Entry of a woven method; returns its activation, to be handed to all other calls; null where none is followed. */
    public static Object enter(int method) {
        boolean followed = dormant != Thread.currentThread() && (method >= hot.length || !hot[method]);
        return followed ? tracker.enter(method) : null;
    }

    /** Returns whether a point has something to do, in programs whose step loops are found while they run. */
    public static boolean active(Object activation, int point) {
        return activation != null && ((LoopFrame) activation).loops().active(point);
    }

    /** On the back edge of a loop, in programs whose step loops are found while they run. */
    public static void iterated(Object activation, int head) {
        if (activation != null && ((LoopFrame) activation).loops().turn(head)) {
            tracker.iterated((LoopFrame) activation, head);
        }
    }

    /**
     * Entry of the body of a lambda.
     *
     * @param arguments boxed
     * @return what it is to return at once, in an array of one; or null to run it
     */
    public static Object[] called(Object activation, Object[] arguments) {
        return activation == null ? null : tracker.called((LoopFrame) activation, arguments);
    }

    /** Before the point of a call of the JDK that may call bodies of lambdas. */
    public static void calls(Object activation, int point, String called, Object[] operands) {
        if (activation != null) {
            tracker.calls((LoopFrame) activation, point, called, operands);
        }
    }

    /** The body of a lambda returns; comes before {@link #exit}. */
    public static void returns(Object activation, Object result) {
        if (activation != null) {
            ((LoopFrame) activation).returns(result);
        }
    }

    /** Every exit of a woven method, normal or by exception. */
    public static void exit(Object activation) {
        if (activation != null) {
            tracker.exit((LoopFrame) activation);
        }
    }

    /**
     * Hands over the live locals at a point.
     *
     * @param locals boxed values in the order of {@link PointShape#locals()}
     * @return the values to continue with. At a loop head or exit: null to go on with what is there, {@link #LEAVE} to
     *     leave the loop. At a call: never null
     */
    public static Object[] point(Object activation, int point, Object[] locals) {
        return activation == null ? locals : tracker.point((LoopFrame) activation, point, locals);
    }

    /**
     * Where a method begins that has loops which it may go past, while {@link #flag} is up.
     *
     * @param arguments those that are objects, by their slots
     * @return whether to go to a loop at once, see {@link #landing}
     */
    public static boolean entered(Object activation, Object[] arguments) {
        return activation != null && tracker.entered((LoopFrame) activation, arguments);
    }

    /**
     * Where to go after {@link #point} returned {@link #LEAVE} at a loop head, or {@link #entered} said so.
     *
     * @return the index of an EXIT point of that loop, or of the head of another one; -1 for the loop's normal exit
     */
    public static int landing(Object activation) {
        return ((LoopFrame) activation).landing;
    }

    /** Returns whether the program goes back from an exit to the test that it left the loop by. */
    public static boolean again(Object activation) {
        return activation != null && ((LoopFrame) activation).takeAgain();
    }

    /** Wraps the iterator of a for-each loop that holds other points. */
    public static Iterator<?> counting(Iterator<?> iterator) {
        return iterator == null || iterator instanceof CountingIterator ? iterator : new CountingIterator(iterator);
    }

    /** Wraps the iterator of a for-each loop whose head is active. */
    public static Iterator<?> counting(Iterator<?> iterator, Object activation, int head) {
        return activation == null || ((LoopFrame) activation).loops().off(head) ? iterator : counting(iterator);
    }

    /** Returns a loop head's local where the loop's exit declares another type for it, or null: the loop would have set it. */
    public static Object fitting(Object local, Class<?> declared) {
        return declared.isInstance(local) ? local : null;
    }

    /** Before a step marker. */
    public static void stepBegins() {
        tracker.stepBegins();
    }

    /** After a step marker returned normally. */
    public static void stepEnded() {
        tracker.stepEnded();
    }

    /** On the back edge of a loop whose iterations are the steps. */
    public static void iterationEnded() {
        tracker.iterationEnded();
    }

    /** After a step marker threw. */
    public static void stepFailed() {
        tracker.stepFailed();
    }

    /** A framework object was constructed. */
    public static void born(String framework, Object object) {
        tracker.born(framework, object);
    }

    /** The framework began to evaluate one batch. */
    public static void evaluated() {
        tracker.evaluated();
    }

    /** A number was stored into a local variable that was named. */
    public static void stored(String name, double value) {
        LoopTracker connected = tracker;
        if (connected != null) {
            connected.stored(name, value);
        }
    }

    /** As the shortest decimal number that is that float. */
    public static void stored(String name, float value) {
        stored(name, Double.parseDouble(Float.toString(value)));
    }

    /** A local variable that is no number, or null, says nothing. */
    public static void stored(String name, Object value) {
        if (value instanceof Float f) {
            stored(name, f.floatValue());
        } else if (value instanceof Number n) {
            stored(name, n.doubleValue());
        }
    }

    /** The program reports a metric. */
    public static void metric(String name, double value) {
        LoopTracker connected = tracker;
        if (connected != null) { // a launcher's own code may run before
            connected.reported(name, value);
        }
    }

    /** A framework measured something. */
    public static void measured(String framework, Object by, Object result) {
        LoopTracker connected = tracker;
        if (connected != null) {
            connected.measured(framework, by, result);
        }
    }
}
