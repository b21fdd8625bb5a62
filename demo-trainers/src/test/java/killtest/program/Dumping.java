package killtest.program;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.Pair;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Trains a small network and writes what every parameter holds: name, shape, SHA-256 of its little-endian floats. */
public final class Dumping {

    private Dumping() {}

    /** Trains two epochs and writes {@code parameters.txt}. */
    public static void main(String[] args) throws Exception {
        SequentialBlock net = new SequentialBlock()
                .add(Linear.builder().setUnits(12).build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(3).build());
        try (Model model = Model.newInstance("dumping")) {
            model.setBlock(net);
            NDManager manager = model.getNDManager();
            manager.getEngine().setRandomSeed(3);
            NDArray data = manager.randomNormal(new Shape(60, 5));
            NDArray labels = data.sum(new int[] {1}).gt(0).toType(ai.djl.ndarray.types.DataType.FLOAT32, true);
            ArrayDataset dataset = new ArrayDataset.Builder()
                    .setData(data)
                    .optLabels(labels)
                    .setSampling(10, false)
                    .build();
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam().build());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(10, 5));
                EasyTrain.fit(trainer, 2, dataset, null);
            }
            List<String> lines = new ArrayList<>();
            for (Pair<String, Parameter> p : net.getParameters()) {
                lines.add(p.getKey() + " " + line(p.getValue().getArray()));
            }
            lines.sort(null);
            Files.write(Path.of("parameters.txt"), lines);
        }
    }

    private static String line(NDArray array) throws Exception {
        float[] values = array.toFloatArray();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        return Arrays.toString(array.getShape().getShape()) + " "
                + HexFormat.of().formatHex(hash);
    }
}
