package demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** An LSTM over characters; takes and gives its two states beside the text and the predictions. */
final class TextNetwork extends AbstractBlock {

    private final int units;
    private final int alphabet;
    private final Block lstm;
    private final Block dropout;
    private final Block head;

    TextNetwork(int units, int alphabet) {
        this.units = units;
        this.alphabet = alphabet;
        lstm = addChildBlock(
                "lstm",
                LSTM.builder()
                        .setNumLayers(1)
                        .setStateSize(units)
                        .optBatchFirst(true)
                        .optReturnState(true)
                        .build());
        dropout = addChildBlock("dropout", Dropout.builder().optRate(0.2f).build());
        head = addChildBlock("head", Linear.builder().setUnits(alphabet).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList outputs = lstm.forward(store, new NDList(inputs), training);
        NDArray characters = outputs.head().reshape(-1, units);
        NDList dropped = dropout.forward(store, new NDList(characters), training);
        return new NDList(head.forward(store, dropped, training).head(), outputs.get(1), outputs.get(2));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0) * inputs[0].get(1), alphabet)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        lstm.initialize(manager, type, inputs[0]);
        dropout.initialize(manager, type, new Shape(1, units));
        head.initialize(manager, type, new Shape(1, units));
    }
}
