package dev.belay.state;

/**
 * Identity hash codes, set in the headers of objects so that tables which depend on them stay as they were saved. HotSpot
 * keeps the 31 bits of a hash code in the mark word, the first word of an object, at a place that differs by release and
 * flags (markWord.hpp); where it is found not to do so, nothing is set.
 */
final class IdentityHashes {

    private static final long MASK = Integer.MAX_VALUE;
    /** The lowest two bits of the mark word of an object that nobody has locked. */
    private static final long UNLOCKED = 1;

    private static final int LAST_SHIFT = Long.SIZE - 31;
    private static final int TRIALS = 16;
    private static final int SHIFT = findShift();

    private IdentityHashes() {}

    /** Returns whether hash codes can be set in this JVM. */
    static boolean available() {
        return SHIFT >= 0;
    }

    private static int findShift() {
        for (int shift = 2; shift <= LAST_SHIFT; shift++) {
            boolean works = true;
            for (int i = 0; i < TRIALS && works; i++) {
                Object o = new Object();
                works = read(o, shift) == System.identityHashCode(o);
            }
            if (works) {
                return canWrite(shift) ? shift : -1;
            }
        }
        return -1;
    }

    /** The mark word holds the hash code only once it was asked for: it is, before the word is read. */
    private static int read(Object o, int shift) {
        System.identityHashCode(o);
        long mark = HeapAccess.primitive(o, 0, 'J');
        return (mark & 3) == UNLOCKED ? (int) (mark >>> shift & MASK) : -1;
    }

    private static boolean canWrite(int shift) {
        for (int i = 1; i <= TRIALS; i++) {
            Object o = new Object();
            int wanted = i * 0x01234567 & Integer.MAX_VALUE;
            if (!write(o, wanted, shift)) {
                return false;
            }
            synchronized (o) { // a lock moves the word away, and brings it back
                if (o.hashCode() != wanted) {
                    return false;
                }
            }
            if (System.identityHashCode(o) != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean write(Object o, int hash, int shift) {
        System.identityHashCode(o);
        long mark = HeapAccess.primitive(o, 0, 'J');
        long wanted = mark & ~(MASK << shift) | (long) hash << shift;
        return (mark & 3) == UNLOCKED && HeapAccess.replace(o, 0, mark, wanted) && System.identityHashCode(o) == hash;
    }

    /** Returns whether an object is the program's alone, so that nobody else can have put it into a table. */
    static boolean mayBeSet(Object o) {
        return !(o instanceof Class
                || o instanceof Enum
                || o instanceof Thread
                || o instanceof ClassLoader
                || o.getClass().isHidden());
    }

    /**
     * Makes this an object's identity hash code.
     *
     * @throws Unsupported if it is locked, or was while several threads wanted it
     */
    static void set(Object o, int hash) {
        if (!mayBeSet(o)) {
            throw HeapCodec.damaged("found the identity of a " + o.getClass().getName());
        } else if (System.identityHashCode(o) != hash && !(available() && write(o, hash, SHIFT))) {
            throw new Unsupported(
                    "a " + o.getClass().getName(),
                    "the saved run kept it in a hash table by its identity, and its identity hash code cannot be set in this"
                            + " JVM (it is locked, or the JVM is no HotSpot); use keys whose hash code depends on strings and"
                            + " numbers only");
        }
    }
}
