package killtest.program;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.util.RandomUtils;
import java.util.ArrayList;
import java.util.List;

/** What the programs on DJL have in common. */
final class Tensors {

    static final int INPUTS = 6;

    private Tensors() {}

    static Block network() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(16).build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.2f).build())
                .add(Linear.builder().setUnits(1).build());
    }

    /** Returns the last line: all parameters, what else there is, and a draw of each generator. */
    static String line(Model model, NDArray... others) {
        List<Float> all = new ArrayList<>();
        for (Parameter p : model.getBlock().getParameters().values()) {
            add(all, p.getArray());
        }
        for (NDArray other : others) {
            add(all, other);
        }
        add(all, model.getNDManager().randomUniform(0, 1, new Shape(3)));
        all.add(RandomUtils.nextFloat());
        return Result.line(all.stream().mapToDouble(Float::doubleValue).toArray());
    }

    private static void add(List<Float> all, NDArray array) {
        for (float f : array.toFloatArray()) {
            all.add(f);
        }
    }
}
