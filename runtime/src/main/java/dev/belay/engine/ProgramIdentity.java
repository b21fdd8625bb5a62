package dev.belay.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jdk.internal.misc.VM;

/**
 * Which program this is.
 *
 * @param mainClass its main class
 * @param arguments what it was called with, and its own {@code -D} properties
 */
public record ProgramIdentity(String mainClass, List<String> arguments) {

    public ProgramIdentity {
        arguments = List.copyOf(arguments);
    }

    /** Reads the identity of the running program. */
    public static ProgramIdentity of(String mainClass, List<String> programArguments) {
        List<String> properties = Arrays.stream(VM.getRuntimeArguments())
                .filter(a -> a.startsWith("-D") && !a.startsWith("-Dbelay."))
                .sorted()
                .collect(Collectors.toList());
        properties.addAll(programArguments);
        return new ProgramIdentity(mainClass, properties);
    }

    /** Returns the main class without its package, as directories are named. */
    public String simpleName() {
        return mainClass.substring(mainClass.lastIndexOf('.') + 1);
    }
}
