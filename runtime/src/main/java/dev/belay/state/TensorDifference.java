package dev.belay.state;

/**
 * In what two tensors of one name differ. Without a common type and shape there is nothing to count: then the numbers
 * are 0.
 *
 * @param first type and shape of the first, as in {@code F32[3, 4]}
 * @param second those of the second
 * @param elements how many elements each has
 * @param different how many of them have other bits
 * @param maxAbsolute the largest difference; infinite where only one of the two is NaN or infinite
 * @param maxRelative the largest difference, as a share of the larger of the two numbers
 * @param maxUlps the largest difference, in numbers that lie between; {@link #NO_ULPS} for whole numbers
 */
public record TensorDifference(
        String name,
        String first,
        String second,
        long elements,
        long different,
        double maxAbsolute,
        double maxRelative,
        long maxUlps) {

    public static final long NO_ULPS = -1;

    /** Returns whether they are of one type and shape. */
    public boolean comparable() {
        return first.equals(second);
    }

    /** Returns whether every bit is the same. */
    public boolean none() {
        return comparable() && different == 0;
    }
}
