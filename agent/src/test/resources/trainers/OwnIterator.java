// step=trainers.OwnIterator#step
package trainers;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Its hasNext fetches, and next gives what was fetched. */
public class OwnIterator implements Iterable<Integer> {
    static long s = 1;
    static int fetched;
    private final int size;

    OwnIterator(int size) {
        this.size = size;
    }

    @Override
    public Fetching iterator() {
        return new Fetching();
    }

    class Fetching implements Iterator<Integer> {
        private Integer ready;
        private int at;

        @Override
        public boolean hasNext() {
            if (ready == null && at < size) {
                ready = at++ * 7;
                fetched++;
            }
            return ready != null;
        }

        @Override
        public Integer next() {
            if (ready == null) {
                throw new NoSuchElementException("hasNext was not called");
            }
            Integer given = ready;
            ready = null;
            return given;
        }

        int at() {
            return at;
        }
    }

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        Iterable<Integer> plain = new OwnIterator(3);
        OwnIterator own = new OwnIterator(3);
        for (int p : plain) {
            for (int i = 0; i < 2; i++) {
                step(p + i);
            }
        }
        for (int p : own) {
            if (p == 7) {
                for (int i = 0; i < 2; i++) {
                    step(p + i);
                }
            } else {
                for (int q : own) {
                    step(p * q);
                }
            }
        }
        Iterator<Integer> cast = own.iterator();
        while (cast.hasNext()) {
            int at = ((Fetching) cast).at();
            for (int i = 0; i < 2; i++) {
                step(at + i);
            }
            cast.next();
        }
        Pace.result(s, fetched);
    }
}
