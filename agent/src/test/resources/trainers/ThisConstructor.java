// step=trainers.ThisConstructor#step
// refused: which Belay cannot go back into
package trainers;

/** Trains in a constructor that another one calls by this(). */
public class ThisConstructor {
    private long s = 1;

    ThisConstructor(int n) {
        for (int i = 0; i < n; i++) {
            step(i);
        }
    }

    ThisConstructor() {
        this(5);
    }

    void step(int i) {
        s = Pace.mix(s, Pace.step() + i);
    }

    public static void main(String[] args) {
        Pace.result(new ThisConstructor().s);
    }
}
