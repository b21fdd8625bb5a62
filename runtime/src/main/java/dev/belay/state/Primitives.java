package dev.belay.state;

/** Boxed primitives as the bits of a long, and back. */
final class Primitives {

    private Primitives() {}

    static Object box(Class<?> type, long bits) {
        return switch (type.descriptorString().charAt(0)) {
            case 'J' -> bits;
            case 'D' -> Double.longBitsToDouble(bits);
            case 'I' -> (int) bits;
            case 'F' -> Float.intBitsToFloat((int) bits);
            case 'Z' -> bits != 0;
            case 'B' -> (byte) bits;
            case 'S' -> (short) bits;
            case 'C' -> (char) bits;
            default -> throw new IllegalArgumentException("not a primitive: " + type);
        };
    }

    /** Returns a value as people read it; {@code type} is the name of a primitive type. */
    static String text(String type, long bits) {
        return ArrayBytes.COMPONENTS.stream()
                .filter(c -> c.getName().equals(type))
                .map(c -> String.valueOf(box(c, bits)))
                .findFirst()
                .orElseGet(() -> Long.toString(bits));
    }

    static long bits(Object value) {
        if (value instanceof Double d) {
            return Double.doubleToRawLongBits(d);
        } else if (value instanceof Float f) {
            return Float.floatToRawIntBits(f);
        } else if (value instanceof Boolean b) {
            return b ? 1 : 0;
        } else if (value instanceof Character c) {
            return c;
        }
        return ((Number) value).longValue();
    }
}
