package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that has ended well.
 *
 * @param millis from its start to its end
 * @param lines what it wrote on stdout, with the time at which each line came
 * @param errors what it wrote on stderr
 */
record Child(double millis, List<Line> lines, List<String> errors) {

    /** A line and the milliseconds from the process's start. */
    record Line(double millis, String text) {}

    /**
     * Runs a tool of the JDK that runs this program.
     *
     * @param directory its working directory; its stderr is kept there
     * @throws IOException if it ends with another code than 0
     */
    static Child run(Path directory, String tool, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        Path errors = directory.resolve("stderr.txt");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(new Line((System.nanoTime() - start) / 1e6, line));
            }
        }
        int code = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        List<String> told = Files.readAllLines(errors);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ", expected 0: " + told);
        }
        return new Child(millis, lines, told);
    }
}
