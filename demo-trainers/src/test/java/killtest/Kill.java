package killtest;

import java.util.List;
import java.util.Random;
import killtest.observer.Hold;
import killtest.observer.Stage;

/**
 * One kill that is to be.
 *
 * @param stage the stage to kill in
 * @param occurrence which one in this life; for {@link Stage#STEP} the job's step
 * @param hold what the thread in that stage does meanwhile
 * @param delayMicros how long after it came there
 */
record Kill(Stage stage, long occurrence, Hold hold, long delayMicros) {

    private static final List<Hold> HOLDS = List.of(Hold.ENTRY, Hold.NONE, Hold.EXIT);

    /** Draws a kill in a stage. */
    static Kill draw(Stage stage, Random random) {
        Hold hold = HOLDS.get(random.nextInt(HOLDS.size()));
        // Stages that only begin, or end where the process ends.
        boolean noEnd = stage == Stage.RESULT || stage == Stage.SHUTDOWN;
        return new Kill(
                stage,
                occurrence(stage, random),
                noEnd ? Hold.ENTRY : hold,
                random.nextInt(hold == Hold.NONE ? microsWithin(stage) : 3_000));
    }

    private static long occurrence(Stage stage, Random random) {
        return switch (stage) {
            case START_UP, FIRST_STEP, LAST_STEP, RESULT, SHUTDOWN -> 1;
            case STEP -> 12 + random.nextInt(8);
            case CAPTURE -> 2 + random.nextInt(2);
            case WRITE -> 6 + random.nextInt(6);
            case COMMIT, DELETE -> 1 + random.nextInt(2);
            case LOG -> 1 + random.nextInt(5);
            case VALIDATION -> 1 + random.nextInt(2);
        };
    }

    private static int microsWithin(Stage stage) {
        return switch (stage) {
            case START_UP -> 400_000;
            case FIRST_STEP, STEP, LAST_STEP -> 10_000;
            default -> 400;
        };
    }
}
