package dev.belay.state;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Primitive arrays as little-endian bytes. Lengths and offsets are in elements. */
final class ArrayBytes {

    static final List<Class<?>> COMPONENTS = List.of(
            byte.class, short.class, char.class, int.class, long.class, float.class, double.class, boolean.class);

    private ArrayBytes() {}

    static int elementSize(Class<?> component) {
        if (component == long.class || component == double.class) {
            return 8;
        } else if (component == int.class || component == float.class) {
            return 4;
        } else if (component == short.class || component == char.class) {
            return 2;
        }
        return 1;
    }

    /** Returns the safetensors dtype of a component type. */
    static String dtype(Class<?> component) {
        return switch (component.descriptorString().charAt(0)) {
            case 'D' -> "F64";
            case 'F' -> "F32";
            case 'J' -> "I64";
            case 'I' -> "I32";
            case 'S' -> "I16";
            case 'C' -> "U16";
            case 'B' -> "I8";
            default -> "BOOL";
        };
    }

    /**
     * Returns the component type of an array type's name.
     *
     * @throws Unsupported if it is not the name of an array of primitives
     */
    static Class<?> component(String type) {
        for (Class<?> c : COMPONENTS) {
            if (type.equals("[" + c.descriptorString())) {
                return c;
            }
        }
        throw HeapCodec.damaged("found the array type " + type + ", expected one of primitives");
    }

    static void copyOut(Object array, int from, int count, ByteBuffer to) {
        ByteBuffer b = to.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = count * elementSize(array.getClass().getComponentType());
        if (array instanceof double[] a) {
            b.asDoubleBuffer().put(a, from, count);
        } else if (array instanceof float[] a) {
            b.asFloatBuffer().put(a, from, count);
        } else if (array instanceof long[] a) {
            b.asLongBuffer().put(a, from, count);
        } else if (array instanceof int[] a) {
            b.asIntBuffer().put(a, from, count);
        } else if (array instanceof short[] a) {
            b.asShortBuffer().put(a, from, count);
        } else if (array instanceof char[] a) {
            b.asCharBuffer().put(a, from, count);
        } else if (array instanceof byte[] a) {
            b.duplicate().put(a, from, count);
        } else {
            boolean[] a = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                b.put(b.position() + i, (byte) (a[from + i] ? 1 : 0));
            }
        }
        b.position(b.position() + bytes);
    }

    static void copyIn(ByteBuffer from, Object array, int at, int count) {
        ByteBuffer b = from.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = count * elementSize(array.getClass().getComponentType());
        if (array instanceof double[] a) {
            b.asDoubleBuffer().get(a, at, count);
        } else if (array instanceof float[] a) {
            b.asFloatBuffer().get(a, at, count);
        } else if (array instanceof long[] a) {
            b.asLongBuffer().get(a, at, count);
        } else if (array instanceof int[] a) {
            b.asIntBuffer().get(a, at, count);
        } else if (array instanceof short[] a) {
            b.asShortBuffer().get(a, at, count);
        } else if (array instanceof char[] a) {
            b.asCharBuffer().get(a, at, count);
        } else if (array instanceof byte[] a) {
            b.duplicate().get(a, at, count);
        } else {
            boolean[] a = (boolean[]) array;
            for (int i = 0; i < count; i++) {
                a[at + i] = b.get(b.position() + i) != 0;
            }
        }
        b.position(b.position() + bytes);
    }

    /** Returns a copy of a primitive array. */
    static Object copy(Object array) {
        int n = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), n);
        System.arraycopy(array, 0, copy, 0, n);
        return copy;
    }
}
