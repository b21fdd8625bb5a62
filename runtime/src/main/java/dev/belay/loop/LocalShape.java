package dev.belay.loop;

/**
 * A local variable that a point hands over.
 *
 * @param name its source name, or {@code slotN} without debug information; {@code this} is never taken back
 * @param slot its JVM slot
 * @param descriptor its verification type, e.g. {@code I}, {@code Ljava/util/List;}
 * @param readInside at a point that {@link PointShape#canReturn}: whether the loop reads it elsewhere than in this test
 */
public record LocalShape(String name, int slot, String descriptor, boolean readInside) {

    public LocalShape(String name, int slot, String descriptor) {
        this(name, slot, descriptor, false);
    }
}
