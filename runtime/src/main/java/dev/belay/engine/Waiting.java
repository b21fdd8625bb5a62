package dev.belay.engine;

import dev.belay.loop.LoopAtlas;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Tells by its stack what a thread of the program waits for. */
final class Waiting {

    private static final Set<String> FOR_END = Set.of(
            "java.lang.Thread.join",
            "java.util.concurrent.FutureTask.get",
            "java.util.concurrent.CompletableFuture.get",
            "java.util.concurrent.CompletableFuture.join",
            "java.util.concurrent.ForkJoinTask.get",
            "java.util.concurrent.ForkJoinTask.join",
            "java.util.concurrent.ForkJoinPool.awaitTermination",
            "java.util.concurrent.ForkJoinPool.close",
            "java.util.concurrent.ThreadPoolExecutor.awaitTermination",
            "java.util.concurrent.AbstractExecutorService.invokeAll",
            "java.util.concurrent.AbstractExecutorService.invokeAny",
            "java.util.concurrent.ExecutorService.close",
            "java.util.concurrent.CountDownLatch.await");

    private static final Set<String> FOR_WORK =
            Set.of("java.lang.ref.ReferenceQueue.remove", "java.util.concurrent.ThreadPoolExecutor.getTask");
    private static final List<String> CALLS =
            List.of("java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke.");

    private static final String RMI_CONNECTION = "sun.rmi.transport.tcp.TCPTransport$ConnectionHandler";

    private final LoopAtlas atlas;
    private final Supplier<List<Class<?>>> classes;

    Waiting(ProgramView program) {
        this.atlas = program.atlas();
        this.classes = program.stateClasses();
    }

    /** Returns whether the application's innermost frame waits for another thread, or a task, to end. */
    static boolean forEnd(StackTraceElement[] stack, int application) {
        return calls(stack, application, FOR_END) && isBlocked(stack[0]);
    }

    /**
     * Returns whether it waits, between two tasks, for the next one of its pool or for the garbage collector, whose doings
     * are no part of a result.
     */
    static boolean forWork(StackTraceElement[] stack, int application) {
        return calls(stack, application, FOR_WORK) && isBlocked(stack[0]);
    }

    /** Returns whether it serves a client of the JVM, of JMX say, for whom it has not called the program. */
    static boolean forClient(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(f -> f.getClassName().equals(RMI_CONNECTION));
    }

    private static boolean calls(StackTraceElement[] stack, int application, Set<String> methods) {
        List<StackTraceElement> called = Arrays.asList(stack).subList(0, application);
        return called.stream().allMatch(Waiting::isJdk)
                && called.stream().anyMatch(f -> methods.contains(f.getClassName() + "." + f.getMethodName()));
    }

    private static boolean isBlocked(StackTraceElement top) {
        return top.isNativeMethod()
                || top.getMethodName().startsWith("park")
                || top.getMethodName().startsWith("wait");
    }

    static boolean anyMethod(StackTraceElement[] stack, String name) {
        return Arrays.stream(stack).anyMatch(f -> f.getMethodName().equals(name));
    }

    private static boolean isJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /**
     * Returns the loop in which a thread waits, if it does: the fresh program would wait in the loop's first iteration.
     *
     * @param application its innermost frame in application code
     */
    Optional<String> loop(StackTraceElement[] stack, int application) {
        int start = stack.length; // the JDK's frames below the program's first are how the thread was started
        while (isJdk(stack[start - 1])) {
            start--;
        }
        for (StackTraceElement frame : Arrays.asList(stack).subList(application, start)) {
            Optional<String> found = isJdk(frame) ? jdkLoop(frame) : loop(frame);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> jdkLoop(StackTraceElement frame) {
        return CALLS.stream().anyMatch(frame.getClassName()::startsWith)
                ? Optional.empty()
                : Optional.of(frame.getClassName() + "#" + frame.getMethodName());
    }

    private Optional<String> loop(StackTraceElement frame) {
        return classes.get().stream()
                .filter(c -> c.getName().equals(frame.getClassName()))
                .map(c -> atlas.loopAtLine(c, frame.getMethodName(), frame.getLineNumber()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
