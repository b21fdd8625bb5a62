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
import dev.belay.weave.FrameworkFiles;
import dev.belay.weave.WeaveTargets;
import dev.belay.weave.Weaver;
import java.io.PrintStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts options, weaver and engine together, once per JVM. */
final class Installation {

    private static final ClassLoader AGENT_LOADER = Installation.class.getClassLoader();

    private final AgentOptions options;
    private final MainProgram program;
    private final Instrumentation instrumentation;
    private final Log log;
    private final Settings settings;
    private final Launch launch;
    private final Optional<Question> question = Question.in(System.getProperties());
    private final List<Framework> frameworks = FrameworkFiles.load(AGENT_LOADER);
    private final Weaver weaver;
    private final ProgramTypes types;
    private ClassValue<Boolean> ofProgram = ofProgram();
    private int knownLoaders;
    private boolean started;

    private Installation(AgentOptions options, MainProgram program, Instrumentation instrumentation, Log log) {
        this.options = options;
        this.program = program;
        this.instrumentation = instrumentation;
        this.log = log;
        ProgramIdentity identity = ProgramIdentity.of(program.mainClass(), program.arguments());
        this.settings = EngineSettings.of(options, identity.simpleName());
        this.launch = new Launch(
                question.map(q -> settings.explaining(q.outputDir())).orElse(settings),
                log,
                identity,
                options.inForce(),
                AGENT_LOADER);
        WeaveTargets targets = new WeaveTargets(
                program.mainClass(),
                options.loops(),
                options.steps(),
                options.excludes(),
                frameworks,
                options.continueFiles());
        this.weaver = new Weaver(targets, launch.tracker(), program.starts(), this::launched);
        this.types = new ProgramTypes(weaver::loaders);
    }

    /**
     * Installs, or ends the process with one line that says what is wrong.
     *
     * @return the weaver; null where there is nothing to weave
     */
    static ClassFileTransformer install(String arguments, MainProgram program, Instrumentation instrumentation) {
        PrintStream stderr = System.err;
        try {
            AgentOptions options = AgentOptions.resolve(
                    arguments,
                    System.getProperties(),
                    System.getenv(),
                    Path.of("").toAbsolutePath());
            Log log = new Log(stderr, Clock.systemUTC(), options.logLevel());
            options.warnings().forEach(log::warn);
            return new Installation(options, program, instrumentation, log).install();
        } catch (BadOption e) {
            new Log(stderr, Clock.systemUTC(), Log.Level.WARN).error(e.getMessage());
            ExitCode.USAGE.end();
        } catch (RuntimeException | LinkageError e) {
            fail(new Log(stderr, Clock.systemUTC(), Log.Level.WARN), e);
        }
        return null;
    }

    private static void fail(Log log, Throwable e) {
        log.error("Belay cannot be installed: " + e + "; please report it, and start without -javaagent meanwhile");
        Runtime.getRuntime().halt(1);
    }

    private ClassFileTransformer install() {
        if (program.begins() == MainProgram.Begins.AT_ONCE) {
            weaver.scan();
            if (!ready() && !weaver.makesLoaders()) {
                reportNothing();
                return null;
            }
        }
        SelfTest.check(log);
        if (ready()) {
            start();
        } else {
            Runtime.getRuntime().addShutdownHook(new Thread(this::programEnds, "belay-none"));
        }
        instrumentation.addTransformer(weaver, false);
        return weaver;
    }

    /** What the user named must be there, all of it. */
    private boolean ready() {
        return weaver.findsSteps() && weaver.unmatched().isEmpty();
    }

    /** A launcher is about to start what is in a class loader of its own. */
    private synchronized void launched(Weaver looked) {
        try {
            if (started) {
                looked.describe().forEach(l -> log.debug("woven: " + l));
            } else if (ready()) {
                start();
            } else if (program.begins() != MainProgram.Begins.AT_ONCE && !looked.makesLoaders()) {
                started = true; // and done with
                reportNothing();
            }
        } catch (RuntimeException | LinkageError e) {
            fail(log, e);
        }
    }

    private synchronized void programEnds() {
        if (!started) {
            reportNothing();
        }
    }

    private void reportNothing() {
        if (!weaver.unmatched().isEmpty()) {
            log.error("no method, or for loop= no method with a loop, on the class path matches "
                    + String.join(", ", weaver.unmatched()) + "; write package.Class#method");
            ExitCode.USAGE.end();
        }
        explain();
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
    }

    private void start() {
        started = true;
        explain();
        if (!weaver.marksSteps()) {
            launch.findStepLoops();
        }
        weaver.describe().forEach(l -> log.debug("woven: " + l));
        if (options.showStatus()) {
            launch.showStatus();
        }
        launch.start(view());
        ManagementWatch.begin(instrumentation, launch::managementBegins);
    }

    private void explain() {
        question.ifPresent(q -> launch.explain(q, settings, StepSource.text(options, weaver, frameworks)));
    }

    private ProgramView view() {
        return new ProgramView(
                weaver, weaver::skipped, launch.policy(frameworks, types), this::loaded, weaver::isApplication, types);
    }

    /** Asked for at each capture: a class is looked up once. */
    private List<Class<?>> loaded() {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (isProgram(c)) {
                loaded.add(c);
            }
        }
        return loaded;
    }

    private boolean isProgram(Class<?> type) {
        int loaders = weaver.loaders().size();
        if (loaders != knownLoaders) {
            ofProgram = ofProgram();
            knownLoaders = loaders;
        }
        return ofProgram.get(type);
    }

    private ClassValue<Boolean> ofProgram() {
        return new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return weaver.isApplication(type);
            }
        };
    }
}
