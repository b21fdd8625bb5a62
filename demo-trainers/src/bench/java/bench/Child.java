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
 * A process that has ended, well or as it was to.
 *
 * @param millis from its start to its end
 * @param lines what it wrote on stdout, with the time at which each line came
 * @param errors what it wrote on stderr
 */
record Child(double millis, List<Line> lines, List<String> errors) {

    private static final String ERRORS = "stderr.txt";

    /** A line and the milliseconds from the process's start. */
    record Line(double millis, String text) {}

    /**
     * Runs a tool of the JDK that runs this program.
     *
     * @param directory its working directory; its stderr is kept there
     * @throws IOException if it ends with another code than 0
     */
    static Child run(Path directory, String tool, List<String> arguments) throws IOException, InterruptedException {
        Process process = start(directory, tool, arguments);
        long start = System.nanoTime();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader out = output(process)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(new Line((System.nanoTime() - start) / 1e6, line));
            }
        }
        int code = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        List<String> told = errors(directory);
        if (code != 0) {
            throw new IOException(
                    tool + " " + String.join(" ", arguments) + " ended with " + code + ", expected 0: " + told);
        }
        return new Child(millis, lines, told);
    }

    /**
     * Runs a tool of the JDK that runs this program until it writes a line that begins so, and kills it there.
     *
     * @return with the time and the text of that line alone
     * @throws IOException if it ends without it
     */
    static Child until(Path directory, String tool, List<String> arguments, String begin)
            throws IOException, InterruptedException {
        Process process = start(directory, tool, arguments);
        long start = System.nanoTime();
        try (BufferedReader out = output(process)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(begin)) {
                    double millis = (System.nanoTime() - start) / 1e6;
                    return new Child(millis, List.of(new Line(millis, line)), errors(directory));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        throw new IOException(
                String.join(" ", arguments) + " ended without a line '" + begin + "…': " + errors(directory));
    }

    private static Process start(Path directory, String tool, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve(ERRORS).toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> errors(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve(ERRORS));
    }
}
