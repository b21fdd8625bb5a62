package showcase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loss over the steps of a run.
 *
 * @param steps the step at the end of each epoch
 * @param losses the validation loss at the end of each epoch
 */
record LossCurve(List<Integer> steps, List<Double> losses) {

    private static final String STEP = "step";
    private static final String LOSS = "validation_loss";

    /** Reads the metrics file of a run. */
    static LossCurve read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        List<String> header = Arrays.asList(lines.get(0).split(","));
        List<Integer> steps = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            steps.add(Integer.valueOf(cells[header.indexOf(STEP)]));
            losses.add(Double.valueOf(cells[header.indexOf(LOSS)]));
        }
        return new LossCurve(steps, losses);
    }
}
