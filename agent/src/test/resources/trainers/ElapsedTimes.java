// step=trainers.ElapsedTimes#step
package trainers;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Measures how long it has trained, in every way; the loop ends early if time runs backwards. */
public class ElapsedTimes {
    static final LongSupplier CLOCK = System::nanoTime;
    static final Instant BEGAN = Instant.now();
    static long last;

    static boolean step(long startNanos, long startMillis) {
        int n = Pace.step();
        long nanos = CLOCK.getAsLong() - startNanos;
        long millis = System.currentTimeMillis() - startMillis;
        long since = Duration.between(BEGAN, Instant.now()).toMillis();
        boolean forwards = nanos >= last && millis >= 0 && since >= 0;
        System.out.println("TIME " + n + " " + nanos / 1_000_000 + " " + millis + " " + since);
        last = nanos;
        return forwards;
    }

    public static void main(String[] args) {
        long startNanos = System.nanoTime();
        long startMillis = System.currentTimeMillis();
        int forwards = 0;
        for (int i = 0; i < 12; i++) {
            if (step(startNanos, startMillis)) {
                forwards++;
            }
        }
        Pace.result(forwards);
    }
}
