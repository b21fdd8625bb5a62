package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How much longer whole processes take with the agent when nothing is saved: they start, train one epoch and end. */
final class StartUp implements Benchmark {

    private static final int ROUNDS = 9;

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        Path work = setup.fresh("start");
        Path hello = Files.createDirectories(work.resolve("hello/bench"));
        try (InputStream in = Hello.class.getResourceAsStream("Hello.class")) {
            Files.copy(in, hello.resolve("Hello.class"));
        }
        measure(setup, report, "javac -version: a tool of the JDK", "javac", "", List.of("-version"));
        measure(setup, report, "javac compiling the demo trainers", "javac", "", compilation(setup, work));
        measure(
                setup,
                report,
                "a program without a loop",
                "java",
                "",
                List.of("-cp", hello.getParent().toString(), "bench.Hello"));
        measure(
                setup,
                report,
                "PlainSoftmax, one epoch, its own classes on the class path",
                "java",
                "step=demo.PlainSoftmax#step,",
                List.of("-cp", setup.trainerClasses().toString(), "demo.PlainSoftmax", "epochs=1"));
        measure(
                setup,
                report,
                "DigitsCnn, one epoch, DJL and PyTorch on the class path",
                "java",
                "",
                List.of("-Dai.djl.offline=true", "-cp", setup.trainerClassPath(), "demo.DigitsCnn", "epochs=1"));
    }

    private static List<String> compilation(Setup setup, Path work) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-cp", setup.trainerClassPath(), "-d"));
        arguments.add(work.resolve("compiled").toString());
        try (Stream<Path> sources = Files.walk(setup.root().resolve("demo-trainers/src/main/java/demo"))) {
            sources.map(Path::toString).filter(s -> s.endsWith(".java")).forEach(arguments::add);
        }
        return arguments;
    }

    private static void measure(
            Setup setup, Report report, String what, String tool, String option, List<String> arguments)
            throws IOException, InterruptedException {
        Path work = setup.output().resolve("start");
        Path checkpoints = work.resolve("checkpoints");
        String agent = "-javaagent:" + setup.agent() + "=" + option + "save_strategy=no,output_dir=" + checkpoints;
        List<String> with = new ArrayList<>(arguments);
        with.add(0, tool.equals("java") ? agent : "-J" + agent);
        Pairs pairs = Pairs.measure(
                1,
                setup.rounds(ROUNDS),
                setup.random(what),
                () -> {
                    double millis = Child.run(work, tool, with).millis();
                    Setup.delete(checkpoints);
                    return millis;
                },
                () -> Child.run(work, tool, arguments).millis());
        report.raw(pairs.raw(what, "ms, whole process"));
        report.figure(Figure.added("start-up: " + what, pairs));
    }
}
