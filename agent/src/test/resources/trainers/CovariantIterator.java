// step=trainers.CovariantIterator#step
package trainers;

import java.util.Iterator;

/** The iterator has a class of its own, and the way depends on its elements. */
public class CovariantIterator implements Iterable<Integer> {
    private static long s = 1;

    @Override
    public Numbers iterator() {
        return new Numbers();
    }

    static class Numbers implements Iterator<Integer> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < 2;
        }

        @Override
        public Integer next() {
            return at++;
        }
    }

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        for (int p : new CovariantIterator()) {
            if (p == 1) {
                for (int i = 0; i < 4; i++) {
                    step(i);
                }
            }
        }
        Pace.result(s);
    }
}
