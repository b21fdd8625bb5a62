package dev.belay.engine;

import dev.belay.state.Unsupported;
import java.util.Map;
import java.util.function.Predicate;

/** Checks that no other live thread is inside application code while a snapshot is taken. */
final class ThreadAudit {

    private final Predicate<String> applicationClasses;

    /** @param applicationClasses knows the program's own classes by binary name */
    ThreadAudit(Predicate<String> applicationClasses) {
        this.applicationClasses = applicationClasses;
    }

    void check() {
        for (Map.Entry<Thread, StackTraceElement[]> e :
                Thread.getAllStackTraces().entrySet()) {
            if (e.getKey() == Thread.currentThread()) {
                continue;
            }
            for (StackTraceElement frame : e.getValue()) {
                if (applicationClasses.test(frame.getClassName())) {
                    throw new Unsupported(
                            "thread '" + e.getKey().getName() + "'",
                            "it is inside application code (" + frame.getClassName() + "." + frame.getMethodName()
                                    + ") while another thread trains, and Belay saves one training thread; end it"
                                    + " before the loop");
                }
            }
        }
    }
}
