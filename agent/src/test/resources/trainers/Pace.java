package trainers;

import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;

/** What the trainers share: a step that can be held for a kill, and the line with the result. */
public final class Pace {

    private static int steps;

    private Pace() {}

    /** One step; returns its number. Waits for the checkpoint of the step before, or for ever, if told to. */
    public static int step() {
        steps++;
        String directory = System.getenv("TRAINERS_PACE");
        for (int i = 0; directory != null && steps > 1 && i < 60; i++) {
            if (Files.exists(Paths.get(directory, "checkpoint-" + (steps - 1)))) {
                sleep(8);
                break;
            }
            sleep(5);
        }
        if (String.valueOf(steps).equals(System.getenv("TRAINERS_HOLD"))) {
            System.out.println("HOLD " + steps);
            sleep(600_000);
        }
        return steps;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static long mix(long state, long with) {
        long z = state * 0x9E3779B97F4A7C15L + with;
        return (z ^ (z >>> 29)) * 0xBF58476D1CE4E5B9L;
    }

    public static void result(Object... state) {
        System.out.println("RESULT " + steps + " " + Arrays.deepToString(state));
    }
}
