package dev.belay.engine;

import dev.belay.state.StateSummary;
import dev.belay.state.TensorStatistics;
import java.util.List;
import java.util.Map;

/**
 * What one checkpoint holds.
 *
 * @param row as in a list
 * @param position the loop position, outermost activation first
 * @param objects how many objects of the program are saved
 * @param tensors all arrays that are kept as tensors
 * @param fingerprint what a resume is compared with
 * @param notes the counters that a resume goes on from
 */
public record CheckpointDetail(
        CheckpointRow row,
        List<Frame> position,
        int objects,
        List<Tensor> tensors,
        Map<String, String> fingerprint,
        Map<String, String> notes) {

    /**
     * One activation on the stack.
     *
     * @param line source line, or 0 where unknown
     */
    public record Frame(String method, int line, List<Local> locals) {

        static Frame of(StateSummary.Frame frame) {
            List<Local> locals = frame.locals().stream()
                    .map(l -> new Local(l.name(), l.text()))
                    .toList();
            return new Frame(frame.method(), frame.line(), locals);
        }
    }

    /**
     * One local variable.
     *
     * @param text its value, or its type where it is an object
     */
    public record Local(String name, String text) {}

    /**
     * One tensor. Minimum, maximum, mean and standard deviation are of the finite elements; NaN where there are none.
     *
     * @param file the file it is in
     * @param dtype as in the safetensors format
     * @param aliases other names of the same tensor
     * @param nans how many elements are NaN
     * @param infinities how many elements are infinite
     */
    public record Tensor(
            String file,
            String name,
            String dtype,
            List<Long> shape,
            long bytes,
            List<String> aliases,
            double min,
            double max,
            double mean,
            double std,
            long nans,
            long infinities) {

        /** Returns how many elements are NaN or infinite. */
        public long notFinite() {
            return nans + infinities;
        }

        static Tensor of(StateSummary.Tensors file, StateSummary.Tensor t, TensorStatistics s) {
            List<String> aliases = file.aliases().entrySet().stream()
                    .filter(e -> e.getValue().equals(t.name()))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            return new Tensor(
                    file.name(),
                    t.name(),
                    t.dtype(),
                    t.shape(),
                    t.bytes(),
                    aliases,
                    s.min(),
                    s.max(),
                    s.mean(),
                    s.std(),
                    s.nans(),
                    s.infinities());
        }
    }
}
