package killtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One way to start {@code killtest.place.Placed}. */
enum Place {
    CLASS_PATH {
        @Override
        Command start(Path jdk, Places places) {
            return new Command(jdk, List.of(), places.classes("Placed").toString(), Places.MAIN, List.of(), Map.of());
        }
    },
    CLASS_PATH_WILDCARD {
        @Override
        Command start(Path jdk, Places places) {
            Path library = places.jar("lib/trainer.jar").getParent();
            return new Command(jdk, List.of(), library + "/*", Places.MAIN, List.of(), Map.of());
        }
    },
    JAR {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jar("trainer.jar"));
        }
    },
    JAR_WITH_SPACES_AND_UMLAUTS {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jar("meine Prüfung/der trainer.jar"));
        }
    },
    JAR_THAT_NAMES_ANOTHER {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jarThatNames(places.jar("the-other.jar")));
        }
    },
    MULTI_RELEASE_JAR {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.multiReleaseJar());
        }
    },
    ARGUMENT_FILE {
        @Override
        Command start(Path jdk, Places places) {
            Path jar = places.jar("trainer.jar");
            Path file = jar.resolveSibling("arguments");
            try {
                Files.writeString(file, "-Xmx256m\n-cp " + jar + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Command(jdk, List.of("@" + file), "", Places.MAIN, List.of(), Map.of());
        }
    },
    MODULE {
        @Override
        Command start(Path jdk, Places places) {
            List<String> flags = List.of("-p", places.modules().toString(), "-m");
            return new Command(jdk, flags, "", "trainer.app/" + Places.MAIN, List.of(), Map.of());
        }
    },
    MODULE_THAT_NAMES_ITS_MAIN {
        @Override
        Command start(Path jdk, Places places) {
            List<String> flags = List.of("-p", places.modules().toString(), "-m");
            return new Command(jdk, flags, "", "trainer.app", List.of(), Map.of());
        }
    },
    SOURCE_FILE {
        @Override
        Command start(Path jdk, Places places) {
            return new Command(jdk, List.of(), "", Places.source().toString(), List.of(), Map.of());
        }
    },
    SPRING_BOOT_CLASSES {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.springBootJar(false));
        }
    },
    SPRING_BOOT_LIBRARY {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.springBootJar(true));
        }
    },
    CLASS_LOADER {
        @Override
        Command start(Path jdk, Places places) {
            return launched(jdk, places, "plain");
        }
    },
    CHILD_FIRST_CLASS_LOADER {
        @Override
        Command start(Path jdk, Places places) {
            Command command = launched(jdk, places, "child-first");
            String both = command.classPath() + ":" + places.classes("Placed"); // which has a copy of each class
            return new Command(jdk, List.of(), both, command.mainClass(), command.arguments(), Map.of());
        }
    },
    CLASS_LOADER_THAT_SEES_ONLY_THE_JDK {
        @Override
        Command start(Path jdk, Places places) {
            return launched(jdk, places, "isolated");
        }
    },
    ANOTHER_AGENT_BEFORE {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jar("trainer.jar"));
        }

        @Override
        Command belay(Command plain, String... options) {
            return new Command(
                    plain.jdk(),
                    List.of("-javaagent:" + otherAgent(), agent(options), "-jar"),
                    "",
                    plain.mainClass(),
                    plain.arguments(),
                    Map.of());
        }
    },
    ANOTHER_AGENT_AFTER {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jar("trainer.jar"));
        }

        @Override
        Command belay(Command plain, String... options) {
            return new Command(
                    plain.jdk(),
                    List.of(agent(options), "-javaagent:" + otherAgent(), "-jar"),
                    "",
                    plain.mainClass(),
                    plain.arguments(),
                    Map.of());
        }
    },
    JAVA_TOOL_OPTIONS {
        @Override
        Command start(Path jdk, Places places) {
            return jar(jdk, places.jar("trainer.jar"));
        }

        @Override
        Command belay(Command plain, String... options) {
            return plain.environment(name(), agent(options));
        }
    };

    /** Returns how the program is started without Belay; its argument is to be added. */
    abstract Command start(Path jdk, Places places);

    /** Adds Belay, first of all flags. */
    Command belay(Command plain, String... options) {
        List<String> flags = new ArrayList<>(List.of(agent(options)));
        flags.addAll(plain.flags());
        return new Command(
                plain.jdk(), flags, plain.classPath(), plain.mainClass(), plain.arguments(), plain.environment());
    }

    private static String agent(String... options) {
        return "-javaagent:" + Built.belayJar() + "=" + String.join(",", options);
    }

    /** JaCoCo's, which adds a field, a method and a local to everything. */
    private static String otherAgent() {
        return Built.jarOf("org/jacoco/agent/rt/RT.class") + "=destfile=coverage";
    }

    private static Command jar(Path jdk, Path jar) {
        return new Command(jdk, List.of("-jar"), "", jar.toString(), List.of(), Map.of());
    }

    /** @param how as the launcher's first argument */
    static Command launched(Path jdk, Places places, String how) {
        List<String> arguments = List.of(how, places.jar("trainer.jar").toString(), Places.MAIN);
        String launcher = places.classes("Launcher").toString();
        return new Command(jdk, List.of(), launcher, "killtest.place.Launcher", arguments, Map.of());
    }

    /** Adds the program's only argument. */
    static Command working(Command command, int work) {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.add("" + work);
        return command.arguments(arguments.toArray(String[]::new));
    }
}
