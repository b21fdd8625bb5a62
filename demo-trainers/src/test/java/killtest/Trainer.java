package killtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import killtest.observer.Wish;

/** The demo trainers, with arguments that make them small: 160 steps, in 16 epochs but for the game. */
enum Trainer {
    DIGITS_MLP("demo.DigitsMlp", List.of("epochs=16", "batch=25", "samples=250", "units=32"), "", "digits-mlp.csv"),
    DIGITS_CNN(
            "demo.DigitsCnn",
            List.of("epochs=16", "batch=25", "samples=250", "filters=32", "patience=100", "log=10", "csv=metrics.csv"),
            "",
            "metrics.csv"),
    TEXT_LSTM(
            "demo.TextLstm",
            List.of("epochs=16", "batch=8", "length=16", "characters=1680", "units=32"),
            "",
            "text-lstm.csv"),
    CART_POLE_DQN(
            "demo.CartPoleDqn", List.of("steps=160", "batch=8", "units=16", "capacity=100"), "", "cart-pole-dqn.csv"),
    PLAIN_SOFTMAX(
            "demo.PlainSoftmax",
            List.of("epochs=16", "batch=25", "samples=250", "features=64"),
            "step=demo.PlainSoftmax#step",
            "plain-softmax.csv");

    static final int STEPS = 160;
    static final int SAVE_STEPS = 5;

    /** Steps are made longer, so that there is a middle to be killed in. */
    static final Wish.Job JOB = new Wish.Job(STEPS, SAVE_STEPS, 3);

    private final String mainClass;
    private final List<String> arguments;
    private final String step;
    private final String csv;

    Trainer(String mainClass, List<String> arguments, String step, String csv) {
        this.mainClass = mainClass;
        this.arguments = arguments;
        this.step = step;
        this.csv = csv;
    }

    /** Returns the command without Belay. */
    Command command(Path jdk) {
        // PyTorch's pool would be as large as the machine; the work is too small to share. Once CartPoleDqn without
        // Belay ended otherwise than in all other runs; MKL promises the same sums wherever arrays lie only if told so.
        return new Command(
                jdk,
                List.of("-Dai.djl.offline=true"),
                Built.trainerClassPath(),
                mainClass,
                arguments,
                Map.of("OMP_NUM_THREADS", "1", "MKL_CBWR", "COMPATIBLE"));
    }

    /** Returns Belay's options for this trainer, then more. */
    String[] options(String... more) {
        List<String> options = new java.util.ArrayList<>();
        if (!step.isEmpty()) {
            options.add(step);
        }
        options.addAll(List.of("save_strategy=steps", "save_steps=" + SAVE_STEPS));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** Returns the default output_dir below the working directory. */
    Path output(Path directory) {
        return directory.resolve("checkpoints").resolve(mainClass.substring(mainClass.indexOf('.') + 1));
    }

    /** Returns the file of metrics that the program writes below the working directory, line by line. */
    Path csv(Path directory) {
        return directory.resolve(csv);
    }

    /** Takes the file of metrics along into another working directory, as anyone must who moves a job. */
    void takeCsv(Path from, Path to) {
        try {
            Files.createDirectories(to);
            if (Files.exists(csv(from))) {
                Files.copy(csv(from), csv(to), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the program's state holds times that it measured: DJL's metrics do. */
    boolean keepsTimes() {
        return this == DIGITS_MLP;
    }
}
