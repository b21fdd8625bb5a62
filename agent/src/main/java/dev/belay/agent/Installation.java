package dev.belay.agent;

import dev.belay.engine.ExitCode;
import dev.belay.engine.Launch;
import dev.belay.engine.Log;
import dev.belay.engine.ProgramIdentity;
import dev.belay.engine.ProgramView;
import dev.belay.engine.ResumeMode;
import dev.belay.engine.Settings;
import dev.belay.engine.explain.Question;
import dev.belay.loop.Framework;
import dev.belay.loop.MethodPattern;
import dev.belay.weave.FrameworkFiles;
import dev.belay.weave.WeaveTargets;
import dev.belay.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts options, weaver and engine together, once per JVM. */
final class Installation {

    private static final ClassLoader AGENT_LOADER = Installation.class.getClassLoader();

    private final AgentOptions options;
    private final MainProgram program;
    private final Instrumentation instrumentation;
    private final Log log;

    private Installation(AgentOptions options, MainProgram program, Instrumentation instrumentation, Log log) {
        this.options = options;
        this.program = program;
        this.instrumentation = instrumentation;
        this.log = log;
    }

    /** Installs, or ends the process with one line that says what is wrong. */
    static void install(String arguments, MainProgram program, Instrumentation instrumentation) {
        PrintStream stderr = System.err;
        try {
            AgentOptions options = AgentOptions.resolve(
                    arguments,
                    System.getProperties(),
                    System.getenv(),
                    Path.of("").toAbsolutePath());
            Log log = new Log(stderr, Clock.systemUTC(), options.logLevel());
            options.warnings().forEach(log::warn);
            new Installation(options, program, instrumentation, log).install();
        } catch (BadOption e) {
            new Log(stderr, Clock.systemUTC(), Log.Level.WARN).error(e.getMessage());
            ExitCode.USAGE.end();
        } catch (RuntimeException | LinkageError e) {
            new Log(stderr, Clock.systemUTC(), Log.Level.WARN)
                    .error("Belay cannot be installed: " + e
                            + "; please report it, and start without -javaagent meanwhile");
            Runtime.getRuntime().halt(1);
        }
    }

    private void install() {
        ProgramIdentity identity = ProgramIdentity.of(program.mainClass(), program.arguments());
        Settings settings = EngineSettings.of(options, identity.simpleName());
        Optional<Question> question = Question.in(System.getProperties());
        Launch launch = new Launch(
                question.map(q -> settings.explaining(q.outputDir())).orElse(settings), log, identity, AGENT_LOADER);
        List<Framework> frameworks = FrameworkFiles.load(AGENT_LOADER);
        Weaver weaver = Weaver.scan(
                System.getProperty("java.class.path"),
                new WeaveTargets(
                        program.mainClass(),
                        options.loops(),
                        options.steps(),
                        options.excludes(),
                        frameworks,
                        options.continueFiles()),
                launch.tracker());
        if (!weaver.unmatched().isEmpty()) {
            log.error("no method, or for loop= no method with a loop, on the class path matches "
                    + String.join(", ", weaver.unmatched()) + "; write package.Class#method");
            ExitCode.USAGE.end();
        }
        question.ifPresent(q -> launch.explain(q, settings, found(weaver, frameworks)));
        if (!weaver.findsSteps()) {
            log.warn("found no training step that Belay knows in " + program.mainClass()
                    + ", so nothing is saved; name one with step=package.Class#method, or a loop with"
                    + " loop=package.Class#method");
            ResumeMode.Kind resume = settings.resume().kind();
            if (resume == ResumeMode.Kind.TRUE || resume == ResumeMode.Kind.PATH) {
                log.error("resume_from_checkpoint: there is no training step to resume");
                ExitCode.NOTHING_TO_RESUME.end();
            }
            if (ClassLoader.getSystemResource(program.mainClass().replace('.', '/') + ".class") != null) {
                launch.withoutLoop(); // else the JVM says that there is no such class
            }
            return;
        }
        if (!weaver.marksSteps()) {
            launch.findStepLoops();
        }
        weaver.describe().forEach(l -> log.debug("woven: " + l));
        SelfTest.check(log);
        launch.start(view(weaver, launch, frameworks));
        instrumentation.addTransformer(weaver, false);
    }

    /** Returns how the steps of the program are known, for people. */
    private String found(Weaver weaver, List<Framework> frameworks) {
        if (!options.loops().isEmpty()) {
            return "an iteration of " + names(options.loops()) + " (loop=)";
        } else if (!options.steps().isEmpty()) {
            return "a call of " + names(options.steps()) + " (step=)";
        } else if (!weaver.marksSteps()) {
            return "an iteration of the first loop with short iterations that has run for "
                    + options.foundAfter().toMillis() / 1e3 + " s (found_after)";
        }
        return frameworks.stream()
                .flatMap(f -> f.steps().stream().map(s -> s + " (" + f.name() + ")"))
                .collect(Collectors.joining(", ", "a call of ", ""));
    }

    private static String names(List<MethodPattern> patterns) {
        return patterns.stream().map(p -> p.className() + "#" + p.method()).collect(Collectors.joining(", "));
    }

    private ProgramView view(Weaver weaver, Launch launch, List<Framework> frameworks) {
        Set<String> application = weaver.applicationClasses();
        // asked for all loaded classes at each capture: a name is made and looked up once
        ClassValue<Boolean> ofProgram = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return application.contains(type.getName().replace('.', '/'));
            }
        };
        return new ProgramView(
                weaver,
                weaver::skipped,
                launch.policy(frameworks),
                () -> loaded(ofProgram),
                name -> application.contains(name.replace('.', '/')));
    }

    private List<Class<?>> loaded(ClassValue<Boolean> ofProgram) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (ofProgram.get(c)) {
                loaded.add(c);
            }
        }
        return loaded;
    }
}
