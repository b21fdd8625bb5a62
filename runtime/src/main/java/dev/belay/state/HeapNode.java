package dev.belay.state;

/**
 * One object of a saved graph. References are node numbers; 0 is null. Kept as data only: reading nodes constructs and
 * calls nothing that the file chooses.
 */
sealed interface HeapNode {

    /** Returns the kind of object, for people: the name of its class where it has one. */
    String type();

    /** A String, a boxed primitive, a BigInteger or a BigDecimal. */
    record Value(Object value) implements HeapNode {
        @Override
        public String type() {
            return value.getClass().getName();
        }
    }

    /** A JDK value with a text form, e.g. a path; see {@link TextValues}. */
    record Text(String type, String text) implements HeapNode {}

    /** An object that exists once in every JVM and is compared by identity; see {@link Singletons}. */
    record Singleton(String name) implements HeapNode {
        @Override
        public String type() {
            return name;
        }
    }

    /** An enum constant, with the fields that its enum declares: they may be state. */
    record Constant(String type, String name, String signature, long[] primitives, int[] references)
            implements HeapNode {}

    /** A class. */
    record Type(String name) implements HeapNode {
        @Override
        public String type() {
            return Class.class.getName();
        }
    }

    /**
     * An array of primitives.
     *
     * @param elements a copy, or null if the elements are in a tensor
     * @param tensor name of the tensor, or null
     */
    record Primitives(String type, int length, Object elements, String tensor) implements HeapNode {}

    /**
     * An array of primitives that is a part of a tensor, as the rows of a {@code double[][]} are.
     *
     * @param offset of its first element in the tensor, in elements
     */
    record Part(String type, int length, String tensor, long offset) implements HeapNode {}

    /**
     * An array of arrays of primitives of one length.
     *
     * @param count how many elements it has
     * @param length of each row of its own, in elements
     * @param tensor that holds the rows
     * @param elements {@link #OWN} for rows that nothing else holds, nodes for others; empty if all are its own
     * @param places rows of the tensor, of those that are its own; empty if they are where their elements are
     */
    record Matrix(String type, int count, int length, String tensor, int[] elements, int[] places) implements HeapNode {

        static final int OWN = -1;

        boolean isOwn(int i) {
            return elements.length == 0 || elements[i] == OWN;
        }

        int element(int i) {
            return elements[i];
        }

        /** Returns where a row of its own begins in the tensor, in elements. */
        long offset(int i) {
            return (long) (places.length == 0 ? i : places[i]) * length;
        }

        /** Returns the nodes of elements that are not its own. */
        int[] others() {
            return java.util.Arrays.stream(elements).map(e -> Math.max(e, 0)).toArray();
        }
    }

    /** An array of references. */
    record References(String type, int[] elements) implements HeapNode {}

    /** A plain object: all its fields, in the order of {@link ClassLayout}. See {@link Frozen} for those never written to. */
    record Plain(String type, String signature, long[] primitives, int[] references) implements HeapNode {}

    /** A map of the JDK that must be rebuilt because its keys hash by identity: key, value, key, value … */
    record Rebuilt(String type, int[] entries) implements HeapNode {}

    /** An immutable JDK set or map, whose layout differs in every JVM: elements, or key, value, … */
    record Immutable(String type, int[] elements) implements HeapNode {}

    /**
     * A lambda: the fresh program's, or another one of its class where that one captured something else. {@code type} is its
     * stable name.
     */
    record Lambda(String type, String signature, long[] primitives, int[] references) implements HeapNode {}

    /** A live object that stays the fresh program's; only some fields of it are saved. */
    record Resource(String type, String signature, long[] primitives, int[] references) implements HeapNode {}
}
