package killtest.observer;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;

/** Installs the hooks. */
public final class Setup {

    /** Belay's own classes are found by name: a hook that no longer matches makes its stage unreachable, which fails. */
    private static final List<Hook> HOOKS = List.of(
            Hook.call("dev/belay/engine/Log", "info", Hook.SAID),
            Hook.stage("dev/belay/engine/Capturer", "capture", Stage.CAPTURE),
            Hook.stage("dev/belay/store/CheckpointWriter", "file", Stage.WRITE),
            Hook.stage("dev/belay/store/CheckpointWriter", "commit", Stage.COMMIT),
            Hook.stage("dev/belay/store/Attempt", "delete", Stage.DELETE),
            Hook.call("ai/djl/training/Trainer", "step", "stepEntered"),
            Hook.stage("ai/djl/training/Trainer", "evaluate", Stage.VALIDATION),
            Hook.call("demo/PlainSoftmax", "step", "stepEntered"),
            Hook.stage("demo/PlainSoftmax", "validate", Stage.VALIDATION),
            Hook.call("demo/DigitsMlp", "main", "mainEntered"),
            Hook.call("demo/DigitsCnn", "main", "mainEntered"),
            Hook.call("demo/PlainSoftmax", "main", "mainEntered"),
            Hook.call("demo/FinalHash", "<init>", "resultEntered"));

    private Setup() {}

    /** @param arguments map file, then the text of the wish, separated by a bar */
    public static void install(String arguments, Instrumentation instrumentation) throws IOException {
        int bar = arguments.indexOf('|');
        StageMap map = StageMap.open(Path.of(arguments.substring(0, bar)));
        Observer.start(map, Wish.parse(arguments.substring(bar + 1)));
        // Among transformers, those that can retransform come last: Belay sees the program's classes as they are.
        instrumentation.addTransformer(new HookWeaver(HOOKS), true);
    }
}
