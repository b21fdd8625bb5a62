package demo;

import java.util.Random;

/** The newest experiences of an agent, in a ring. */
final class ReplayBuffer {

    /** What was seen, done, and seen then; whether the pole had fallen by it. */
    record Experience(float[] before, int action, float[] after, boolean fallen) {}

    private final Experience[] ring;
    private int size;
    private int next;

    ReplayBuffer(int capacity) {
        ring = new Experience[capacity];
    }

    void add(Experience experience) {
        ring[next] = experience;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
    }

    int size() {
        return size;
    }

    /** Returns experiences drawn with replacement. */
    Experience[] sample(int count, Random random) {
        Experience[] drawn = new Experience[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = ring[random.nextInt(size)];
        }
        return drawn;
    }
}
