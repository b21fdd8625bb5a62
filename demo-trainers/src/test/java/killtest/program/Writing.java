package killtest.program;

import java.io.BufferedWriter;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trains, and writes into files in the ways that its first argument joins by plus; the second is how many epochs, the third how long a step. */
public final class Writing {

    private static final int STEPS_PER_EPOCH = 8;

    private final Random random = new Random(1);
    private final int work;
    private double weight;
    private PrintStream field;

    private Writing(int work) {
        this.work = work;
    }

    public static void main(String[] args) throws IOException {
        List<String> ways = List.of(args[0].split("\\+"));
        int epochs = Integer.parseInt(args[1]);
        Writing program = new Writing(args.length < 3 ? 1 : Integer.parseInt(args[2]));
        System.out.println("begins");
        boolean spoken = ways.contains("spoken");
        if (spoken) {
            System.err.println("begins, too");
        }
        if (Files.exists(Path.of("broken"))) {
            throw new IllegalStateException("broken");
        }
        if (ways.contains("delete")) {
            Files.deleteIfExists(Path.of("reopened.txt"));
        }
        if (ways.contains("moved")) {
            Files.writeString(Path.of("moved.tmp"), "initial\n");
            Files.move(Path.of("moved.tmp"), Path.of("moved.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (ways.contains("field")) {
            program.field = new PrintStream("field.txt");
            program.field.printf("started by %d%n", ProcessHandle.current().pid() * 0);
        }
        if (ways.contains("stdout")) {
            System.setOut(new PrintStream(new FileOutputStream("stdout.txt")));
            System.out.println("first line of the file");
        }
        if (ways.contains("kept")) {
            program.kept(epochs);
        } else if (ways.contains("flushed")) {
            program.flushed(epochs);
        } else if (ways.contains("binary")) {
            program.binary(epochs);
        } else if (ways.contains("two")) {
            program.two(epochs);
        } else if (ways.contains("epochs")) {
            program.perEpoch(epochs);
        } else {
            program.train(ways, epochs);
        }
        if (spoken) {
            System.out.println("trained");
            System.err.println("trained, too");
        }
        if (program.field != null) {
            program.field.println("the end");
            program.field.close();
        }
    }

    private void step() {
        for (int i = 0; i < work; i++) {
            weight += random.nextGaussian();
        }
    }

    private void train(List<String> ways, int epochs) throws IOException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < STEPS_PER_EPOCH; i++) {
                step();
                each(ways, epoch * STEPS_PER_EPOCH + i);
            }
            epoch(ways, epoch);
        }
    }

    private void each(List<String> ways, int step) throws IOException {
        String line = step + "," + weight + "\n";
        if (ways.contains("reopened")) {
            try (FileWriter w = new FileWriter("reopened.txt", true)) {
                w.write(line);
            }
        }
        if (ways.contains("appended")) {
            Files.write(
                    Path.of("appended.csv"),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        if (ways.contains("random")) {
            try (RandomAccessFile file = new RandomAccessFile("random.bin", "rw")) {
                file.seek(file.length());
                file.writeDouble(weight);
            }
        }
        if (ways.contains("leaked") && step % 3 == 0) {
            new FileOutputStream("leaked.txt", true).write(line.getBytes(StandardCharsets.UTF_8));
        }
        if (field != null) {
            field.print(line);
        }
        if (ways.contains("stdout")) {
            System.out.print(line);
        }
    }

    private void epoch(List<String> ways, int epoch) throws IOException {
        if (ways.contains("whole")) {
            Files.writeString(Path.of("whole.txt"), "epoch " + epoch + " " + weight + "\n");
        }
        if (ways.contains("late")) {
            Files.writeString(
                    Path.of("late.txt"),
                    epoch + " " + weight + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        if (ways.contains("moved")) {
            Files.writeString(Path.of("moved.tmp"), "epoch " + epoch + " " + weight + "\n");
            Files.move(Path.of("moved.tmp"), Path.of("moved.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void kept(int epochs) throws IOException {
        try (BufferedWriter out = new BufferedWriter(new FileWriter("kept.csv"))) {
            out.write("step,weight\n");
            for (int i = 0; i < epochs * STEPS_PER_EPOCH; i++) {
                step();
                out.write(i + "," + weight + "\n");
            }
            out.write("end\n");
        }
    }

    private void flushed(int epochs) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of("flushed.csv")))) {
            out.println("step,weight");
            out.flush();
            for (int i = 0; i < epochs * STEPS_PER_EPOCH; i++) {
                step();
                out.printf("%d,%s%n", i, weight);
                out.flush();
            }
        }
    }

    private void binary(int epochs) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of("binary.bin")))) {
            for (int i = 0; i < epochs * STEPS_PER_EPOCH; i++) {
                step();
                out.writeDouble(weight);
                out.writeInt(out.size());
            }
        }
    }

    private void two(int epochs) throws IOException {
        List<Double> recent = new ArrayList<>();
        try (PrintWriter log = new PrintWriter(new FileWriter("log.txt", true));
                PrintStream csv = new PrintStream("two.csv", StandardCharsets.UTF_8)) {
            log.println("appended from the start");
            for (int i = 0; i < epochs * STEPS_PER_EPOCH; i++) {
                step();
                recent.add(weight);
                log.println("step " + i);
                csv.println(i + "," + weight + "," + recent.size());
            }
        }
    }

    private void perEpoch(int epochs) throws IOException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            try (PrintWriter out = new PrintWriter("epoch-" + epoch + ".csv")) {
                out.println("epoch " + epoch + " begins at " + weight);
                for (int i = 0; i < STEPS_PER_EPOCH; i++) {
                    step();
                    out.println(i + "," + weight);
                }
            }
        }
    }
}
