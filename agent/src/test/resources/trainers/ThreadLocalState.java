// step=trainers.ThreadLocalState#step
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** State in thread locals: static ones, an inheritable one, one of the program's own class, and one made in the loop. */
public class ThreadLocalState {
    static final ThreadLocal<Random> RANDOM = ThreadLocal.withInitial(() -> new Random(7));
    static final ThreadLocal<List<Long>> NAMED = new InheritableThreadLocal<>();
    static final Counter COUNTER = new Counter(3);
    static long s = 1;
    ThreadLocal<Object[]> made;

    static final class Counter extends ThreadLocal<int[]> {
        private final int from;

        Counter(int from) {
            this.from = from;
        }

        @Override
        protected int[] initialValue() {
            return new int[] {from};
        }
    }

    void step(int x) {
        s = Pace.mix(s, Pace.step() + x + RANDOM.get().nextLong() + COUNTER.get()[0]++);
        NAMED.get().add(s);
        if (x == 2) {
            made = new ThreadLocal<>();
            made.set(new Object[] {Thread.currentThread(), new long[] {s}});
        } else if (x > 2) {
            ((long[]) made.get()[1])[0] ^= ((Thread) made.get()[0]).getName().length() + s;
        }
        if (x == 5) {
            COUNTER.remove();
        }
    }

    public static void main(String[] args) {
        NAMED.set(new ArrayList<>());
        COUNTER.get()[0] = 100;
        ThreadLocalState trainer = new ThreadLocalState();
        for (int i = 0; i < 12; i++) {
            trainer.step(i);
        }
        Pace.result(s, NAMED.get(), COUNTER.get(), trainer.made.get()[1], RANDOM.get().nextInt());
    }
}
