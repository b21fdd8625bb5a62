package killtest.program;

import dev.belay.Belay;
import java.util.Random;

/** Reports in some of its iterations how many of them were before. */
public final class Numbering {

    private static final int ITERATIONS = 30_000_000;

    private Numbering() {}

    public static void main(String[] args) {
        Random random = new Random(6);
        double sum = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            sum += random.nextDouble();
            if (i % 1_000_003 == 0) {
                Belay.metric("before", i);
            }
        }
        System.out.println(Result.line(sum, random.nextDouble()));
    }
}
