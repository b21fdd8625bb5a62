package killtest.program;

import ai.djl.Model;
import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Predicts with a network that it has trained, that it loads from a directory, or that is untrained. */
public final class Predicting {

    private static final int SAMPLES = 60;
    private static final int WORDS = 9;
    private static final int LENGTH = 6;

    private Predicting() {}

    /** Arguments: image or text; then train, untrained, or load and a directory. */
    public static void main(String[] args) throws Exception {
        boolean text = args[0].equals("text");
        try (Model model = Model.newInstance("predicting")) {
            model.setBlock(text ? text() : image());
            NDManager manager = model.getNDManager();
            manager.getEngine().setRandomSeed(3);
            NDArray data = text
                    ? manager.arange(0, SAMPLES * LENGTH, 1, DataType.INT64)
                            .mod(WORDS)
                            .reshape(SAMPLES, LENGTH)
                    : manager.randomNormal(new Shape(SAMPLES, 1, 8, 8));
            NDArray labels = data.toType(DataType.FLOAT32, true)
                    .reshape(SAMPLES, -1)
                    .sum(new int[] {1})
                    .gt(text ? 24 : 0)
                    .toType(DataType.FLOAT32, true);
            switch (args[1]) {
                case "train" -> train(model, data, labels);
                case "load" -> model.load(Path.of(args[2]));
                default -> model.getBlock().initialize(manager, DataType.FLOAT32, data.getShape());
            }
            predict(model, data);
        }
    }

    private static Block image() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setFilters(4)
                        .setKernelShape(new Shape(3, 3))
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(12).build())
                .add(LayerNorm.builder().build())
                .add(Dropout.builder().optRate(0.3f).build())
                .add(Linear.builder().setUnits(2).build());
    }

    private static Block text() {
        DefaultVocabulary vocabulary = DefaultVocabulary.builder()
                .add(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"))
                .build();
        return new SequentialBlock()
                .add(TrainableWordEmbedding.builder()
                        .setVocabulary(vocabulary)
                        .setEmbeddingSize(5)
                        .optNumEmbeddings(WORDS)
                        .build())
                .add(LSTM.builder()
                        .setNumLayers(1)
                        .setStateSize(7)
                        .optBatchFirst(true)
                        .build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2).build());
    }

    private static void train(Model model, NDArray data, NDArray labels) throws Exception {
        ArrayDataset dataset = new ArrayDataset.Builder()
                .setData(data)
                .optLabels(labels)
                .setSampling(10, false)
                .build();
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.adam().build());
        try (Trainer trainer = model.newTrainer(config)) {
            long[] shape = data.getShape().getShape().clone();
            shape[0] = 10;
            trainer.initialize(new Shape(shape));
            EasyTrain.fit(trainer, 2, dataset, null);
        }
    }

    private static void predict(Model model, NDArray data) {
        NDList outputs =
                model.getBlock().forward(new ParameterStore(model.getNDManager(), false), new NDList(data), false);
        int[] bits = new int[(int) outputs.head().size()];
        float[] values = outputs.head().toFloatArray();
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        System.out.println("PREDICTION " + Arrays.hashCode(bits) + " " + Arrays.toString(Arrays.copyOf(values, 4)));
    }
}
