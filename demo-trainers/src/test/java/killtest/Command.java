package killtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A command line of a JVM.
 *
 * @param jdk home of the JDK
 * @param flags everything before {@code -cp}, agents included
 * @param classPath class path; empty for a program started with {@code -jar}
 * @param mainClass binary name
 * @param arguments what main gets
 * @param environment variables that the parent's environment does not have
 */
record Command(
        Path jdk,
        List<String> flags,
        String classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment) {

    Command {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    Command with(String... moreFlags) {
        List<String> all = Stream.concat(flags.stream(), Stream.of(moreFlags)).toList();
        return new Command(jdk, all, classPath, mainClass, arguments, environment);
    }

    /** Adds Belay with the options given. */
    Command belay(String... options) {
        String list = String.join(",", options);
        return with("-javaagent:" + Built.belayJar() + (list.isEmpty() ? "" : "=" + list));
    }

    Command on(Path otherJdk) {
        return new Command(otherJdk, flags, classPath, mainClass, arguments, environment);
    }

    Command environment(String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return new Command(jdk, flags, classPath, mainClass, arguments, all);
    }

    Command arguments(String... others) {
        return new Command(jdk, flags, classPath, mainClass, List.of(others), environment);
    }

    List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(jdk.resolve("bin/java").toString());
        line.addAll(flags);
        if (!classPath.isEmpty()) {
            line.addAll(List.of("-cp", classPath));
        }
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
