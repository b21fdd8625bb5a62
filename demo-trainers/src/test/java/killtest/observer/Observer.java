package killtest.observer;

import java.lang.reflect.Method;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What hooked methods call. Never changes a result: it counts, and it lets a thread wait. */
public final class Observer {

    private static final String RESUMED = "resumed checkpoint-";
    private static final long HOLD_AT_MOST_NANOS = 60_000_000_000L;

    private static StageMap map;
    private static Wish wish;
    private static long lifeSteps;
    private static Object writer;
    private static long writingStep;

    private Observer() {}

    /** Begins to observe; called once, before any hooked class is loaded. */
    static void start(StageMap stageMap, Wish wanted) {
        map = stageMap;
        wish = wanted;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> entered(Stage.SHUTDOWN.ordinal()), "observer-shutdown"));
        entered(Stage.START_UP.ordinal());
    }

    /** A hooked method was entered. */
    public static void entered(int ordinal) {
        enter(Stage.values()[ordinal], -1);
    }

    /** A hooked method is about to return. */
    public static void exited(int ordinal) {
        exit(Stage.values()[ordinal]);
    }

    /** The program's main was entered. */
    public static void mainEntered() {
        exit(Stage.START_UP);
    }

    /** A training step is about to begin. */
    public static void stepEntered() {
        lifeSteps++;
        long step = map.jobStep() + 1;
        if (lifeSteps == 2) {
            exit(Stage.FIRST_STEP);
        }
        if (lifeSteps > 1) {
            exit(Stage.STEP);
        }
        awaitWriter(step);
        map.jobStep(step);
        sleep(wish.job().stepMillis() * 1_000_000);
        if (step == wish.job().totalSteps()) {
            enter(Stage.LAST_STEP, -1);
        }
        if (lifeSteps == 1) {
            enter(Stage.FIRST_STEP, -1);
        }
        enter(Stage.STEP, step);
    }

    /** The loops are done. */
    public static void resultEntered() {
        if (map.isIn(Stage.LAST_STEP)) {
            exit(Stage.LAST_STEP);
        }
        if (map.isIn(Stage.STEP)) {
            exit(Stage.STEP);
        }
        enter(Stage.RESULT, -1);
    }

    /** Belay logged a line; that of a resume says at which of the job's steps this life begins. */
    public static void said(Object message) {
        String line = (String) message;
        if (line.startsWith(RESUMED)) {
            String rest = line.substring(RESUMED.length());
            long step = Long.parseLong(rest.substring(0, rest.indexOf(' ')));
            map.jobStep(step);
        }
    }

    /** Belay is about to hand a snapshot to its writer. */
    public static void writerBegins(Object belaysWriter) {
        writer = belaysWriter;
        writingStep = map.jobStep();
        map.writing(true);
    }

    /** Belay's writer is done with a snapshot, whatever came of it, and with retention. */
    public static void writerEnds() {
        map.writing(false);
    }

    /**
     * Training overlaps with writing until the next checkpoint would be due; only then it waits, so that checkpoints are
     * at the same steps on every machine and the bound on lost steps applies.
     */
    private static void awaitWriter(long step) {
        long save = wish.job().saveSteps();
        if (writer != null && (writingStep / save + 1) * save <= step) {
            hold(() -> !busy());
        }
    }

    private static boolean busy() {
        try {
            Method busy = writer.getClass().getDeclaredMethod("busy");
            busy.setAccessible(true);
            return (boolean) busy.invoke(writer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void enter(Stage stage, long number) {
        long occurrence;
        synchronized (Observer.class) {
            map.enter(stage);
            occurrence = number < 0 ? map.entered(stage) : number;
        }
        awaitWriterInValidation(stage, occurrence);
        if (stage == wish.stage() && occurrence == wish.occurrence() && wish.hold() != Hold.EXIT) {
            map.markHit();
            if (wish.hold() == Hold.ENTRY) {
                hold(map::released);
            } else if (wish.hold() == Hold.UNTIL_VALIDATION) {
                hold(() -> map.entered(Stage.VALIDATION) > 1);
            }
        }
    }

    private static void awaitWriterInValidation(Stage stage, long occurrence) {
        if (wish.hold() == Hold.UNTIL_VALIDATION && stage == Stage.VALIDATION && occurrence > 2 && map.hit()) {
            hold(() -> !busy());
        }
    }

    private static void exit(Stage stage) {
        // Counted by exits: an overload that calls another is inside of the stage twice.
        long occurrence = stage == Stage.STEP ? map.jobStep() : map.exited(stage) + 1;
        if (stage == wish.stage() && occurrence == wish.occurrence() && wish.hold() == Hold.EXIT) {
            map.markHit();
            hold(map::released);
        }
        synchronized (Observer.class) {
            map.exit(stage);
        }
    }

    private static void hold(BooleanSupplier until) {
        long end = System.nanoTime() + HOLD_AT_MOST_NANOS;
        while (!until.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000);
        }
    }

    private static void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
