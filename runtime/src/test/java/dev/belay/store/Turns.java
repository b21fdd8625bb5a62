package dev.belay.store;

import java.util.Random;

/** Lets two threads run in turns, one file operation at a time, in an order that a seed chooses. */
final class Turns {

    private final Random random;
    private final boolean[] ended = new boolean[2];
    private int turn;
    private int left;

    Turns(long seed) {
        random = new Random(seed);
        choose();
    }

    /** A thread may be paused for one operation, or for many: both find different mistakes. */
    private void choose() {
        turn = random.nextInt(2);
        left = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 1 + random.nextInt(4);
    }

    /** Waits for this thread's turn. */
    synchronized void take(int thread) {
        if (--left < 0) {
            choose();
        }
        notifyAll();
        while (turn != thread && !ended[1 - thread]) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    synchronized void end(int thread) {
        ended[thread] = true;
        notifyAll();
    }
}
