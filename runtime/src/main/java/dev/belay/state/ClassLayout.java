package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The saved instance fields of a class, in an order that is the same in every JVM: by declaring class, then by name.
 */
final class ClassLayout {

    private static final ClassValue<ClassLayout> ALL = new ClassValue<>() {
        @Override
        protected ClassLayout computeValue(Class<?> type) {
            boolean constant = Enum.class.isAssignableFrom(type);
            return of(type, f -> !(constant && f.getDeclaringClass() == Enum.class) && !isVms(f));
        }
    };

    private final List<Field> primitives = new ArrayList<>();
    private final List<Field> references = new ArrayList<>();
    private final long[] primitiveOffsets;
    private final char[] primitiveTypes;
    private final long[] referenceOffsets;
    private final String signature;

    private ClassLayout(List<Field> fields) {
        fields.sort(Comparator.comparing((Field f) -> f.getDeclaringClass().getName())
                .thenComparing(Field::getName));
        for (Field f : fields) {
            (f.getType().isPrimitive() ? primitives : references).add(f);
        }
        primitiveOffsets = primitives.stream().mapToLong(HeapAccess::offset).toArray();
        primitiveTypes = new char[primitives.size()];
        for (int i = 0; i < primitiveTypes.length; i++) {
            primitiveTypes[i] = primitives.get(i).getType().descriptorString().charAt(0);
        }
        referenceOffsets = references.stream().mapToLong(HeapAccess::offset).toArray();
        signature = describe();
    }

    /** What the JVM keeps in an object is nobody's state. */
    private static boolean isVms(Field f) {
        return (f.getDeclaringClass() == Throwable.class && f.getName().equals("backtrace")) || ThreadLocals.isKey(f);
    }

    /** Returns the layout of all instance fields; without name and ordinal of an enum. */
    static ClassLayout of(Class<?> type) {
        return ALL.get(type);
    }

    /** Returns the layout of the instance fields that {@code wanted} accepts. */
    static ClassLayout of(Class<?> type, Predicate<Field> wanted) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field f : c.getDeclaredFields()) {
                if (!Modifier.isStatic(f.getModifiers()) && wanted.test(f)) {
                    fields.add(f);
                }
            }
        }
        return new ClassLayout(fields);
    }

    int referenceCount() {
        return referenceOffsets.length;
    }

    String referenceName(int i) {
        return references.get(i).getName();
    }

    Class<?> referenceOwner(int i) {
        return references.get(i).getDeclaringClass();
    }

    Class<?> referenceType(int i) {
        return references.get(i).getType();
    }

    String primitiveName(int i) {
        return primitives.get(i).getName();
    }

    Class<?> primitiveType(int i) {
        return primitives.get(i).getType();
    }

    Object reference(Object holder, int i) {
        return HeapAccess.reference(holder, referenceOffsets[i]);
    }

    void putReference(Object holder, int i, Object value) {
        HeapAccess.putReference(holder, referenceOffsets[i], value);
    }

    long[] primitives(Object holder) {
        long[] bits = new long[primitiveOffsets.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = HeapAccess.primitive(holder, primitiveOffsets[i], primitiveTypes[i]);
        }
        return bits;
    }

    void putPrimitives(Object holder, long[] bits) {
        for (int i = 0; i < bits.length; i++) {
            HeapAccess.putPrimitive(holder, primitiveOffsets[i], primitiveTypes[i], bits[i]);
        }
    }

    /** Returns field names and types: equal signatures mean that saved fields fit. */
    String signature() {
        return signature;
    }

    /**
     * Checks that saved fields fit.
     *
     * @throws Unsupported if they do not
     */
    void requireSame(Class<?> type, String saved, long[] primitives, int[] references) {
        if (!signature.equals(saved)
                || primitives.length != primitiveOffsets.length
                || references.length != referenceOffsets.length) {
            throw new Unsupported(
                    "class " + type.getName(), "its fields are not those that were saved; resume with the old program");
        }
    }

    boolean isEmpty() {
        return signature.isEmpty();
    }

    private String describe() {
        StringBuilder s = new StringBuilder();
        for (List<Field> fields : List.of(primitives, references)) {
            for (Field f : fields) {
                s.append(f.getName()).append(':').append(f.getType().getName()).append(';');
            }
        }
        return s.toString();
    }
}
