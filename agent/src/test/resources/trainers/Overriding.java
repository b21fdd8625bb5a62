// step=trainers.Overriding$Base#step
package trainers;

/** A generic step with a bridge, an override that calls super, a default method that loops. */
public class Overriding {
    interface Looping<T> {
        void step(T x);

        T next(int i);

        default int loop(int n) {
            int done = 0;
            for (int i = 0; i < n; i++) {
                step(next(i));
                done++;
            }
            return done;
        }
    }

    abstract static class Base<T> implements Looping<T> {
        long s = 1;

        @Override
        public void step(T x) {
            s = Pace.mix(s, Pace.step() + x.hashCode());
        }
    }

    static final class Ints extends Base<Integer> {
        int own;

        @Override
        public void step(Integer x) {
            own += x;
            super.step(x);
            own ^= 5;
        }

        @Override
        public Integer next(int i) {
            return i * 3;
        }
    }

    static final class Texts extends Base<String> {
        @Override
        public String next(int i) {
            return "t" + i;
        }

        @Override
        public int loop(int n) {
            return Looping_super(n) + 1;
        }

        private int Looping_super(int n) {
            return super.loop(n);
        }
    }

    public static void main(String[] args) {
        Ints ints = new Ints();
        Texts texts = new Texts();
        int total = 0;
        for (Looping<?> l : new Looping<?>[] {ints, texts, ints}) {
            total += l.loop(3);
        }
        Pace.result(ints.s, ints.own, texts.s, total);
    }
}
