package showcase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A program that counts to 200 and speaks as a trainer with Belay does; its checkpoint is a file in the working
 * directory. Argument: {@code good}, {@code forgetful} (never goes on from its checkpoint) or {@code careless} (saves
 * nothing).
 */
final class CountingTrainer {

    static final int STEPS = 200;
    private static final int SAVE_STEPS = 10;

    private CountingTrainer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path checkpoint = Path.of("checkpoint");
        int step = 0;
        if (args[0].equals("good") && Files.exists(checkpoint)) {
            step = Integer.parseInt(Files.readString(checkpoint));
            System.err.println(
                    "[belay now] INFO resumed checkpoint-" + step + " at here, step " + step + ", at most 19");
        }
        while (step < STEPS) {
            step++;
            System.out.println("step " + step + " loss 1");
            Thread.sleep(2);
            if (step % SAVE_STEPS == 0 && !args[0].equals("careless")) {
                Path whole = Files.writeString(Path.of("checkpoint.tmp"), String.valueOf(step));
                Files.move(whole, checkpoint, StandardCopyOption.REPLACE_EXISTING);
                System.err.println(
                        "[belay now] INFO checkpoint-" + step + " committed 1 kB, stall 0.5 ms, write 1.0 ms");
            }
        }
        System.out.println("FINAL " + "00".repeat(32));
    }
}
