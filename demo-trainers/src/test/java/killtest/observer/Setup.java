package killtest.observer;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import killtest.observer.Hook.Kind;

/** Installs the hooks. */
public final class Setup {

    /** Belay's own classes are found by name: a hook that no longer matches makes its stage unreachable, which fails. */
    private static final List<Hook> HOOKS = List.of(
            Hook.call(Kind.ENTRY_WITH_ARGUMENT, "dev/belay/engine/Log", "info", "said"),
            Hook.call(Kind.ENTRY_WITH_THIS, "dev/belay/engine/Persister", "persist", "writerBegins"),
            Hook.call(Kind.EXIT, "dev/belay/engine/Persister", "write", "writerEnds"),
            Hook.stage("dev/belay/engine/Capturer", "capture", Stage.CAPTURE),
            Hook.stage("dev/belay/store/CheckpointWriter", "file", Stage.WRITE),
            Hook.stage("dev/belay/store/CheckpointWriter", "commit", Stage.COMMIT),
            Hook.stage("dev/belay/store/CommitLog", "create", Stage.LOG),
            Hook.stage("dev/belay/store/Attempt", "delete", Stage.DELETE),
            Hook.call(Kind.ENTRY, "ai/djl/training/Trainer", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "demo/PlainSoftmax", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "killtest/program/Turning", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "killtest/program/Rows", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "killtest/program/Writing", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "killtest/program/Rotating", "step", "stepEntered"),
            Hook.call(Kind.ENTRY, "killtest/program/Metering", "step", "stepEntered"),
            Hook.stage("ai/djl/training/Trainer", "evaluate", Stage.VALIDATION),
            Hook.stage("demo/PlainSoftmax", "validate", Stage.VALIDATION),
            Hook.call(Kind.ENTRY, "demo/DigitsMlp", "main", "mainEntered"),
            Hook.call(Kind.ENTRY, "demo/DigitsCnn", "main", "mainEntered"),
            Hook.call(Kind.ENTRY, "demo/PlainSoftmax", "main", "mainEntered"),
            Hook.call(Kind.ENTRY, "demo/TextLstm", "main", "mainEntered"),
            Hook.call(Kind.ENTRY, "demo/CartPoleDqn", "main", "mainEntered"),
            Hook.call(Kind.ENTRY, "demo/FinalHash", "<init>", "resultEntered"));

    private Setup() {}

    /** Belay saves the JDK's own generators too; they are seeded by the clock, which would make equal runs differ. */
    private static void seedJdkGenerators(Instrumentation instrumentation) {
        Module base = Object.class.getModule();
        Set<Module> boot = Set.of(Setup.class.getModule());
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", boot, "java.util", boot), Set.of(), Map.of());
        try {
            Field math = Class.forName("java.lang.Math$RandomNumberGeneratorHolder")
                    .getDeclaredField("randomNumberGenerator");
            math.setAccessible(true);
            ((Random) math.get(null)).setSeed(1);
            Field shuffle = Collections.class.getDeclaredField("r");
            shuffle.setAccessible(true);
            shuffle.set(null, new Random(2));
            ThreadLocalRandom.current(); // seeds the main thread's
            Field seed = Thread.class.getDeclaredField("threadLocalRandomSeed");
            seed.setAccessible(true);
            seed.setLong(Thread.currentThread(), 3);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param arguments map file, then the text of the wish, separated by a bar */
    public static void install(String arguments, Instrumentation instrumentation) throws IOException {
        int bar = arguments.indexOf('|');
        StageMap map = StageMap.open(Path.of(arguments.substring(0, bar)));
        Observer.start(map, Wish.parse(arguments.substring(bar + 1)));
        seedJdkGenerators(instrumentation);
        // Among transformers, those that can retransform come last: Belay sees the program's classes as they are.
        instrumentation.addTransformer(new HookWeaver(HOOKS), true);
    }
}
