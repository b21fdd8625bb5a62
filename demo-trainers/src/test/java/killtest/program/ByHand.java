package killtest.program;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;

/** Trains tensors in a field and a local, without a trainer. */
public final class ByHand {

    private static NDArray weights;

    private ByHand() {}

    public static void main(String[] args) throws InterruptedException {
        Engine.getInstance().setRandomSeed(3);
        try (NDManager manager = NDManager.newBaseManager()) {
            weights = manager.randomNormal(new Shape(8));
            NDArray average = manager.zeros(new Shape(8));
            for (int step = 0; step < 100; step++) {
                try (NDManager batch = manager.newSubManager()) {
                    NDArray target = batch.randomNormal(new Shape(8));
                    NDArray gradient = weights.sub(target);
                    update(gradient);
                    average.muli(0.9f).addi(weights.mul(0.1f));
                }
                Thread.sleep(5);
            }
            float[] all = weights.concat(average)
                    .concat(manager.randomUniform(0, 1, new Shape(2)))
                    .toFloatArray();
            System.out.println(Result.line(
                    IntStream.range(0, all.length).mapToDouble(i -> all[i]).toArray()));
        }
    }

    private static void update(NDArray gradient) {
        weights.subi(gradient.mul(0.01f));
    }
}
